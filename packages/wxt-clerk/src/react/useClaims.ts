import { useCallback, useRef, useSyncExternalStore } from 'react';
import { type ClaimsOwner, claimsStore } from '../client/claims-store';
import type { UserSnapshot } from '../messages/protocol';
import type { SessionClaims } from '../shared/clerk-types';

/**
 * Reads the claims of the person's session token. Only a component that has read them is rendered anew when they change, and
 * only for one that reads them the background gets a token.
 *
 * @returns Reads them; it gives back `undefined` as long as there are none.
 */
export function useClaims(user: UserSnapshot | null | undefined): () => SessionClaims | undefined {
  const isRead = useRef(false);
  const owner = user ? ownerOf(user) : undefined;
  const key = owner && JSON.stringify(owner);
  const claims = useSyncExternalStore(claimsStore.subscribe, () =>
    isRead.current && owner ? claimsStore.peek(owner)?.claims : undefined,
  );
  return useCallback(() => {
    if (key === undefined) return undefined;
    isRead.current = true;
    const asked: ClaimsOwner = JSON.parse(key);
    claimsStore.want(asked);
    return claims ?? claimsStore.peek(asked)?.claims;
  }, [key, claims]);
}

/**
 * Need nobody wait for these claims any more, as they are there or the background has given none?
 *
 * @param owner `undefined` for nobody, who has none.
 */
export function useAreClaimsSettled(owner: ClaimsOwner | undefined): boolean {
  return useSyncExternalStore(claimsStore.subscribe, () => !owner || claimsStore.isSettled(owner));
}

/** Whose claims a person's are. */
export function ownerOf({ sessionId, organizationId }: UserSnapshot): ClaimsOwner {
  return { sessionId, organizationId };
}
