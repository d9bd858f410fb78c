import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type MessageError, toMessageError } from 'wxt-clerk/client';
import { useAuth, useAuthenticatedFetch, useReverification } from 'wxt-clerk/react';
import type { Note } from './answers';
import { type Api, createApi, expectOk, RefusedError } from './api';

/** What was not done: the API refused it, or there was no answer. */
export interface NotesTrouble {
  error: RefusedError | MessageError;
  /** Whether something was to be changed, not only read. */
  isOfChange: boolean;
}

export interface UseNotes {
  api: Api;
  /** `null` until the first answer. */
  notes: Note[] | null;
  /** Of what was asked for last. After a change it may be that of the list alone. */
  trouble: NotesTrouble | null;
  load(): Promise<void>;
  /** @returns Whether it was done, whatever becomes of the list. */
  add(text: string): Promise<boolean>;
  remove(id: string): Promise<boolean>;
  /** Asks the person to verify who they are, if the API wants that. */
  removeAll(): Promise<boolean>;
  /** Hands on all of them as a file. */
  exportTo(save: (file: Blob) => void): Promise<boolean>;
}

/** The notes of the active organization, or the person's own: as the API has them after each change. */
export function useNotes(): UseNotes {
  const { isLoaded, sessionId, orgId } = useAuth();
  const fetchApi = useAuthenticatedFetch();
  const api = useMemo(() => createApi(fetchApi, { sessionId, orgId }), [fetchApi, sessionId, orgId]);
  const removeAll = useReverification(api.removeAllNotes);
  const [notes, setNotes] = useState<Note[] | null>(null);
  const [trouble, setTrouble] = useState<NotesTrouble | null>(null);
  const latest = useRef(api);
  latest.current = api;

  const attempt = useCallback(
    async <Result>(ask: () => Promise<Result>, show: (result: Result) => void, isOfChange = false) => {
      // Meanwhile somebody else may be signed in, or another organization active.
      const isStillMeant = () => latest.current === api;
      try {
        const result = await ask();
        if (!isStillMeant()) return true;
        setTrouble(null);
        show(result);
        return true;
      } catch (thrown) {
        const error = thrown instanceof RefusedError ? thrown : toMessageError(thrown);
        if (isStillMeant()) setTrouble({ error, isOfChange });
        return false;
      }
    },
    [api],
  );
  const load = useCallback(
    async () =>
      void (await attempt(
        () => api.listNotes(),
        ({ notes }) => setNotes(notes),
      )),
    [attempt, api],
  );
  const change = (ask: () => Promise<unknown>) => attempt(ask, () => void load(), true);

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
    add: (text) => change(() => api.addNote(text)),
    remove: (id) => change(() => api.removeNote(id)),
    removeAll: () => change(async () => expectOk(await removeAll())),
    exportTo: (save) => attempt(api.exportNotes, save),
  };
}
