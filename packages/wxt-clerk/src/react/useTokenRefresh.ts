import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { getToken } from '../client/actions';
import { claimsStore } from '../client/claims-store';
import type { SessionOptions } from '../messages/protocol';
import { ownerOf } from './useClaims';
import { useKnownAuth } from './useKnownAuth';

export interface UseTokenRefreshReturn {
  isLoaded: boolean;
  /** When the session token that the background keeps stops being valid; `null` when it keeps none. */
  expiresAt: Date | null;
  /** Has the background get a new one from the server. Rejects with a `MessageError`. */
  refresh(): Promise<void>;
}

/**
 * When the session token is over, live, and a way to get a new one. It is not needed for a valid token: `getToken` always
 * gives one.
 *
 * @param options.sessionId Of this session, whichever is active.
 */
export function useTokenRefresh(options?: SessionOptions): UseTokenRefreshReturn {
  const { user } = useKnownAuth(options);
  const held = useSyncExternalStore(claimsStore.subscribe, () => user && claimsStore.peek(ownerOf(user)));
  useEffect(() => void claimsStore.read(), []);
  const sessionId = user?.sessionId;
  const refresh = useCallback(async () => {
    if (sessionId !== undefined) await getToken({ sessionId, skipCache: true });
  }, [sessionId]);
  return useMemo(
    () => ({ isLoaded: held !== undefined, expiresAt: held ? new Date(held.expiresAt) : null, refresh }),
    [held, refresh],
  );
}
