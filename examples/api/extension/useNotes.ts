import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type MessageError, toMessageError } from 'wxt-clerk/client';
import { useAuth, useAuthenticatedFetch, useReverification } from 'wxt-clerk/react';
import { createNotesApi, expectOk, type Note, type NotesApi, RefusedError } from './notes-api';

/** What was not done: the API refused it, or there was no answer. */
export type NotesTrouble = RefusedError | MessageError;

export interface UseNotes {
  api: NotesApi;
  /** `null` until the first answer. */
  notes: Note[] | null;
  trouble: NotesTrouble | null;
  load(): Promise<void>;
  /** @returns Whether it was done. */
  add(text: string): Promise<boolean>;
  remove(id: string): Promise<boolean>;
  /** Asks the person to verify who they are, if the API wants that. */
  removeAll(): Promise<boolean>;
}

/** The notes of the active organization, or the person's own: as the API has them after each change. */
export function useNotes(): UseNotes {
  const { isLoaded, orgId } = useAuth();
  const fetchApi = useAuthenticatedFetch();
  const api = useMemo(() => createNotesApi(fetchApi, orgId), [fetchApi, orgId]);
  const removeAll = useReverification(api.removeAll);
  const [notes, setNotes] = useState<Note[] | null>(null);
  const [trouble, setTrouble] = useState<NotesTrouble | null>(null);
  const latest = useRef(api);
  latest.current = api;

  const attempt = useCallback(
    async (change: () => Promise<unknown>): Promise<boolean> => {
      // Meanwhile somebody else may be signed in, or another organization active.
      const isStillMeant = () => latest.current === api;
      try {
        await change();
        const { notes } = await api.list();
        if (!isStillMeant()) return false;
        setNotes(notes);
        setTrouble(null);
        return true;
      } catch (error) {
        if (isStillMeant()) setTrouble(error instanceof RefusedError ? error : toMessageError(error));
        return false;
      }
    },
    [api],
  );
  const load = useCallback(async () => void (await attempt(async () => {})), [attempt]);

  useEffect(() => {
    setNotes(null);
    setTrouble(null);
    if (isLoaded) void load();
  }, [isLoaded, load]);

  return {
    api,
    notes,
    trouble,
    load,
    add: (text) => attempt(() => api.add(text)),
    remove: (id) => attempt(() => api.remove(id)),
    removeAll: () => attempt(async () => expectOk(await removeAll())),
  };
}
