import { useMemo } from 'react';
import type { setActive } from '../client/actions';
import { claimsStore } from '../client/claims-store';
import type { SessionSnapshot } from '../messages/protocol';
import { type PageSession, pageSessionOf } from './page-session';
import { useActions } from './useActions';
import { ownerOf } from './useClaims';
import { useKnownAuth } from './useKnownAuth';

/** A session, and whether it is the active one. */
export interface ListedPageSession extends PageSession {
  isActive: boolean;
}

/** As Clerk's own `useSessionList` has it. */
export type UseSessionListReturn = { setActive: typeof setActive } & (
  | { isLoaded: false; sessions: undefined }
  | { isLoaded: true; sessions: ListedPageSession[] }
);

/** Every session of this extension, also in a `PinnedSession`: one account each. Live, without Clerk in the page. */
export function useSessionList(): UseSessionListReturn {
  const { sessions, activeSessionId, pinnedId } = useKnownAuth();
  const { setActive } = useActions(pinnedId);
  return useMemo(() => {
    if (!sessions) return { isLoaded: false, sessions, setActive };
    const listed = sessions.map((session) => ({
      ...pageSessionOf(session, () => claimsOf(session)),
      isActive: session.id === activeSessionId,
    }));
    return { isLoaded: true, sessions: listed, setActive };
  }, [sessions, activeSessionId, setActive]);
}

function claimsOf({ user }: SessionSnapshot) {
  if (!user) return undefined;
  claimsStore.want(ownerOf(user));
  return claimsStore.peek(ownerOf(user))?.claims;
}
