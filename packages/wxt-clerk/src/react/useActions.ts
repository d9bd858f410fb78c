import { useMemo } from 'react';
import { getToken, setActive, signOut } from '../client/actions';
import { type FetchApi, fetchApi } from '../client/fetch-api';
import { pinSession } from '../client/pin-session';
import type { SessionOptions } from '../messages/protocol';

const unpinned = { getToken, setActive, signOut, fetchApi };

/**
 * What a component can do: with the session that a call names, else with its pinned one, else with the active one. The same
 * functions for the same session.
 */
export function useActions(pinnedId: string | undefined): typeof unpinned {
  return useMemo(() => (pinnedId === undefined ? unpinned : withDefault(pinnedId)), [pinnedId]);
}

function withDefault(pinnedId: string): typeof unpinned {
  const pinned: typeof unpinned = pinSession(pinnedId);
  const of = (named?: SessionOptions) => (named?.sessionId === undefined ? pinned : unpinned);
  return {
    getToken: (options) => of(options).getToken(options),
    setActive: pinned.setActive,
    signOut: (options) => of(options).signOut(options),
    fetchApi: ((...call: Parameters<FetchApi>) => of(call[1]).fetchApi(...call)) as FetchApi,
  };
}
