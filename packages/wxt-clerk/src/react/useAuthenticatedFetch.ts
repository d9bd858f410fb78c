import { useMemo } from 'react';
import { type FetchApi, withOptions } from '../client/fetch-api';
import type { ApiTokenOptions } from '../messages/protocol';
import { useActions } from './useActions';
import { useKnownAuth } from './useKnownAuth';

/**
 * `fetchApi`: asks your own API as the signed-in person. The background adds the session token.
 *
 * It is another function as soon as somebody else is signed in, so that an effect that names it asks again.
 *
 * @param options With which token it asks; one request may name another.
 */
export function useAuthenticatedFetch(options: ApiTokenOptions = {}): FetchApi {
  const { template, organizationId } = options;
  const { user, pinnedId } = useKnownAuth(options);
  const { fetchApi } = useActions(pinnedId);
  const identity = user && `${user.sessionId} ${user.organizationId}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: who is signed in decides what the API answers.
  return useMemo(
    () => withOptions(fetchApi, (own) => ({ ...definedOf({ template, organizationId }), ...own })),
    [fetchApi, template, organizationId, identity],
  );
}

function definedOf({ template, organizationId }: ApiTokenOptions): ApiTokenOptions {
  return {
    ...(template !== undefined && { template }),
    ...(organizationId !== undefined && { organizationId }),
  };
}
