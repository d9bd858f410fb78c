import { useCallback } from 'react';
import { fetchApi } from '../content/fetch-api';
import { useKnownAuth } from './useKnownAuth';

/**
 * `fetchApi`: asks your own API as the signed-in person. The background adds the session token.
 *
 * It is another function as soon as somebody else is signed in, so that an effect that names it asks again.
 */
export function useAuthenticatedFetch(): typeof fetchApi {
  const { user } = useKnownAuth();
  const identity = user && `${user.sessionId} ${user.organizationId}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: who is signed in decides what the API answers.
  return useCallback<typeof fetchApi>((...request) => fetchApi(...request), [identity]);
}
