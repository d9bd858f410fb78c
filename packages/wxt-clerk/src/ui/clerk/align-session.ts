import type { useClerk } from '@clerk/chrome-extension';
import { createRetry } from './retry';
import { type Trouble, unavailable } from './trouble';

type Clerk = ReturnType<typeof useClerk>;

// Not in Clerk's types: fetches environment and client anew into the one Clerk of this page.
interface Reloadable {
  clerkjs: { __internal_reloadInitialResources(): Promise<void> };
}

/** What happens when Clerk does not follow. */
export interface AlignerHandlers {
  /** It could not be done yet, and is tried again; `null` when it is done. */
  onTrouble(trouble: Trouble | null): void;
  /** Clerk cannot be brought there at all. */
  onStuck(): void;
}

/** Fetches what Clerk knows of the instance and of this client anew. */
export function reloadResources(clerk: Clerk): Promise<void> {
  return (clerk as unknown as Reloadable).clerkjs.__internal_reloadInitialResources();
}

/**
 * Brings this page's Clerk to the session that the background reports, after a sign-in or sign-out somewhere else.
 *
 * One change at a time: a sign-out that comes while a sign-in is still being taken over must not be overtaken by it.
 *
 * @returns Takes the id of the reported session, `null` when signed out.
 */
export function createSessionAligner(
  clerk: Clerk,
  { onTrouble, onStuck }: AlignerHandlers,
): (sessionId: string | null) => void {
  let wanted: string | null = null;
  let queue = Promise.resolve();
  const retry = createRetry(() => enqueue());

  function enqueue(): void {
    queue = queue.then(async () => {
      const target = wanted;
      try {
        await alignSession(clerk, target);
        onTrouble(null);
      } catch (error) {
        if (target !== wanted) return;
        if (error instanceof StuckError) return onStuck();
        onTrouble({ error: unavailable(), retry: retry.now });
        retry.later();
      }
    });
  }

  return (sessionId) => {
    wanted = sessionId;
    retry.end();
    enqueue();
  };
}

class StuckError extends Error {}

async function alignSession(clerk: Clerk, sessionId: string | null): Promise<void> {
  if ((clerk.session?.id ?? null) === sessionId) return;
  await reloadResources(clerk);
  // Clerk keeps everything when the answer is "no client", which is the answer to a page without a credential.
  if (sessionId === null && clerk.session)
    throw new StuckError('Clerk still holds a session that was signed out.');
  if (sessionId === null || clerk.session?.id === sessionId) return;
  // Clerk follows a lost session by itself, but never picks up a new one. One that the answer does not have would be a
  // sign-out: while its database is in maintenance Clerk answers without a client.
  if (!clerk.client?.signedInSessions.some(({ id }) => id === sessionId))
    throw new Error('The Frontend API knows nothing of the session.');
  await clerk.setActive({ session: sessionId });
}
