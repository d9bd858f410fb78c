import { useMemo, useSyncExternalStore } from 'react';
import { authStore, type KnownAuth } from '../client/auth-store';
import { type SessionView, viewOf } from '../client/session-view';
import type { SessionOptions } from '../messages/protocol';
import { usePinnedId } from './PinnedSession';

/** What the page knows, and of that what a component is about. */
export type SessionAuth = KnownAuth & SessionView & { pinnedId: string | undefined };

/**
 * What the page knows of who is signed in: of the active session, or of the one that is named or that a `PinnedSession`
 * around names. All components of a page share one watcher.
 */
export function useKnownAuth({ sessionId }: SessionOptions = {}): SessionAuth {
  const known = useSyncExternalStore(authStore.subscribe, authStore.get);
  const pinnedId = usePinnedId(sessionId);
  return useMemo(() => ({ ...known, ...viewOf(known, pinnedId), pinnedId }), [known, pinnedId]);
}
