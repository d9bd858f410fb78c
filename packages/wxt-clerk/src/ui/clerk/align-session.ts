import type { useClerk } from '@clerk/chrome-extension';

type Clerk = ReturnType<typeof useClerk>;

// Not in Clerk's types: fetches environment and client anew into the one Clerk of this page.
interface Reloadable {
  clerkjs: { __internal_reloadInitialResources(): Promise<void> };
}

/**
 * Brings this page's Clerk to the session that the background reports, after a sign-in or sign-out somewhere else.
 *
 * One change at a time: a sign-out that comes while a sign-in is still being taken over must not be overtaken by it.
 *
 * @param onFailure Called when Clerk cannot follow the last change.
 * @returns Takes the id of the reported session, `null` when signed out.
 */
export function createSessionAligner(
  clerk: Clerk,
  onFailure: () => void,
): (sessionId: string | null) => void {
  let wanted: string | null = null;
  let queue = Promise.resolve();
  return (sessionId) => {
    wanted = sessionId;
    queue = queue.then(async () => {
      const target = wanted;
      await alignSession(clerk, target).catch(() => {
        if (target === wanted) onFailure();
      });
    });
  };
}

async function alignSession(clerk: Clerk, sessionId: string | null): Promise<void> {
  if ((clerk.session?.id ?? null) === sessionId) return;
  await (clerk as unknown as Reloadable).clerkjs.__internal_reloadInitialResources();
  // Clerk follows a lost session by itself, but never picks up a new one.
  if (sessionId !== null && clerk.session?.id !== sessionId) await clerk.setActive({ session: sessionId });
  // It also keeps everything when the answer is "no client", which is the answer to a page without a credential.
  if (sessionId === null && clerk.session)
    throw new Error('Clerk still holds a session that was signed out.');
}
