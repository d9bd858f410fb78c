import type { useClerk } from '@clerk/chrome-extension';

type Clerk = ReturnType<typeof useClerk>;

// Not in Clerk's types: fetches environment and client anew into the one Clerk of this page.
interface Reloadable {
  clerkjs: { __internal_reloadInitialResources(): Promise<void> };
}

/**
 * Brings this page's Clerk to the session that the background reports, after a sign-in or sign-out somewhere else.
 *
 * @throws When Clerk cannot reload; the caller then reloads the page.
 */
export async function alignSession(clerk: Clerk, sessionId: string | null): Promise<void> {
  if ((clerk.session?.id ?? null) === sessionId) return;
  await (clerk as unknown as Reloadable).clerkjs.__internal_reloadInitialResources();
  // Clerk follows a lost session by itself, but never picks up a new one.
  if (sessionId !== null && clerk.session?.id !== sessionId) await clerk.setActive({ session: sessionId });
}
