import type { useClerk } from '@clerk/chrome-extension';
import type { UserSnapshot } from '../../messages/protocol';
import { unavailable } from '../unavailable';
import { createRetry } from './retry';
import type { Trouble } from './trouble';

type Clerk = ReturnType<typeof useClerk>;

// Not in Clerk's types: fetches environment and client anew into the one Clerk of this page (clerk-js 6.40.0,
// core/clerk.ts).
interface Reloadable {
  clerkjs: { __internal_reloadInitialResources(): Promise<void> };
}

/** What happens when Clerk does not follow. */
export interface AlignerHandlers {
  /** It could not be done yet, and is tried again; `null` when it is done. */
  onTrouble(trouble: Trouble | null): void;
  /** Only a page that is loaded anew forgets the session. */
  onStuck(): void;
  /** Is there a credential, which a page that is loaded anew would send, too? */
  hasCredential(): Promise<boolean>;
}

/** Fetches what Clerk knows of the instance and of this client anew. */
export function reloadResources(clerk: Clerk): Promise<void> {
  return (clerk as unknown as Reloadable).clerkjs.__internal_reloadInitialResources();
}

/** A session as the background knows it. */
export type KnownSession = Pick<UserSnapshot, 'sessionId' | 'status' | 'organizationId'>;

/** Has this page's Clerk the same session, in the same state and organization? `null` is none. */
export function isSameSession({ session }: Clerk, known: KnownSession | null): boolean {
  if (!session || !known) return !session && !known;
  return (
    session.id === known.sessionId &&
    (session.status === 'pending') === (known.status === 'pending') &&
    isInOrganization(session, known)
  );
}

/**
 * Brings this page's Clerk to the session that the background reports, after a sign-in or sign-out somewhere else, after
 * another account or organization was chosen, or after a task of the session was done there.
 *
 * One change at a time: a sign-out that comes while a sign-in is still being taken over must not be overtaken by it.
 *
 * @returns Takes the reported session, `null` when signed out.
 */
export function createSessionAligner(
  clerk: Clerk,
  { onTrouble, onStuck, hasCredential }: AlignerHandlers,
): (session: KnownSession | null) => void {
  let wanted: KnownSession | null = null;
  let queue = Promise.resolve();
  const retry = createRetry(() => enqueue());

  function enqueue(): void {
    queue = queue.then(async () => {
      const target = wanted;
      try {
        await alignSession(clerk, target, { isWanted: () => target === wanted, hasCredential });
        onTrouble(null);
      } catch (error) {
        if (target !== wanted) return;
        if (error instanceof StuckError) return onStuck();
        onTrouble({ error: unavailable(), retry: retry.now });
        retry.later();
      }
    });
  }

  return (session) => {
    wanted = session;
    retry.end();
    enqueue();
  };
}

class StuckError extends Error {}

interface Circumstances extends Pick<AlignerHandlers, 'hasCredential'> {
  /** Is there nothing newer to be done, which would have to wait for this? */
  isWanted(): boolean;
}

async function alignSession(
  clerk: Clerk,
  known: KnownSession | null,
  { isWanted, hasCredential }: Circumstances,
): Promise<void> {
  if (isSameSession(clerk, known)) return;
  await reloadResources(clerk);
  if (!isWanted() || isSameSession(clerk, known)) return;
  // The sign-out of one session leaves the credential to the others: until the server has heard of it, it has the session.
  if (!known && (await hasCredential())) throw new Error('The Frontend API has not heard of the sign-out.');
  // Clerk keeps everything when the answer is "no client", which is the answer to a page without a credential
  // (clerk-js 6.40.0, core/resources/Client.ts, fromJSON).
  if (!known) throw new StuckError('Clerk still holds a session that was signed out.');
  // Clerk follows a lost session by itself, but never picks up a new one (clerk-js 6.40.0, core/clerk.ts, updateClient).
  // One that the answer does not have would be a sign-out: while its database is in maintenance Clerk answers without a
  // client (clerk-ios, Documentation/SharedSessionSync.md).
  const session = clerk.client?.signedInSessions.find(({ id }) => id === known.sessionId);
  if (!session) throw new Error('The Frontend API knows nothing of the session.');
  if (clerk.session?.id !== known.sessionId || !isInOrganization(session, known))
    await takeOver(clerk, session, known);
}

let isTaking = false;

/** Is this page's Clerk being brought to another session at the moment? What changes then is nobody's choice here. */
export function isTakingOver(): boolean {
  return isTaking;
}

type Session = NonNullable<Clerk['client']>['signedInSessions'][number];

function isInOrganization(session: Pick<Session, 'lastActiveOrganizationId'>, known: KnownSession): boolean {
  return (session.lastActiveOrganizationId ?? null) === (known.organizationId ?? null);
}

/**
 * Makes a session the one of this page. The server is not told: the background has done that, and by now may have chosen
 * another one, of which this page hears next.
 */
async function takeOver(clerk: Clerk, session: Session, known: KnownSession): Promise<void> {
  const { touch } = session;
  session.touch = async () => session;
  isTaking = true;
  try {
    // Named only where it differs: Clerk does nothing at all for `null` where an organization has to be chosen (clerk-js
    // 6.40.0, core/clerk.ts, setActive).
    const other = isInOrganization(session, known) ? {} : { organization: known.organizationId };
    await clerk.setActive({ session: known.sessionId, ...other });
  } finally {
    isTaking = false;
    session.touch = touch;
  }
}
