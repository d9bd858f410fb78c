import { useMemo } from 'react';
import { getToken, setActive, signOut } from '../client/actions';
import { fetchApi } from '../client/fetch-api';
import { pinSession } from '../client/pin-session';

const unpinned = { getToken, setActive, signOut, fetchApi };

/** What a component can do: with its pinned session, or with the active one. The same functions for the same session. */
export function useActions(pinnedId: string | undefined): typeof unpinned {
  return useMemo(() => (pinnedId === undefined ? unpinned : pinSession(pinnedId)), [pinnedId]);
}
