import * as v from 'valibot';
import { type ApiResponse, access, type FetchApi } from 'wxt-clerk/client';
import * as answers from './answers';

/** The API has answered, and does not do it. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** A part of a list. */
export interface Page {
  /** 1 to 100, 20 unless told. */
  limit?: number;
  offset?: number;
}

export type Theme = 'light' | 'dark' | 'system';

/** The calls of the API, with the types of their answers. Each fails with `RefusedError` or `MessageError`. */
export interface Api {
  home(): Promise<answers.Home>;
  me(): Promise<answers.Me>;
  /** The session is over as soon as Clerk says so, not only when its token ends. */
  live(): Promise<answers.LiveSession>;
  /** Of whichever session the token is. */
  lastActive(): Promise<answers.LastActive>;
  profile(): Promise<answers.Profile>;
  setTheme(theme: Theme): Promise<answers.WrittenMetadata>;
  listNotes(page?: Page): Promise<answers.NotePage>;
  addNote(text: string): Promise<answers.Note>;
  removeNote(id: string): Promise<void>;
  /** Of a person's own, all at once. The API wants a recent verification: its 403 is in the answer. */
  removeAllNotes(): Promise<ApiResponse>;
  /** All of a person's own, as a file. */
  exportNotes(): Promise<Blob>;
  /** For admins of the organization alone. */
  admin(): Promise<answers.Admin>;
  /** The members, for admins of the organization alone. */
  listPeople(page?: Page): Promise<answers.PeoplePage>;
}

/** Whom the page shows. */
export interface ApiOptions {
  /** Each request names it: the API refuses one whose token is of another session. */
  sessionId: string | null | undefined;
  /** The notes of this organization, `null` for the person's own. */
  orgId: string | null | undefined;
}

/** @param fetchApi Asks as the person, session and organization that are meant. */
export function createApi(fetchApi: FetchApi, { sessionId, orgId }: ApiOptions): Api {
  const at = (path: string, page: Page = {}) => addressOf(path, { ...page, _clerk_session_id: sessionId });
  const get = async <Body>(address: string, schema: v.GenericSchema<unknown, Body>) =>
    expectOk(await fetchApi(address, { schema }));
  const notes = orgId ? '/org/notes' : '/notes';
  return {
    home: () => get(at('/'), answers.Home),
    me: () => get(at('/me'), answers.Me),
    live: () => get(at('/me/live'), answers.LiveSession),
    lastActive: () => get(at('/me/last-active'), answers.LastActive),
    profile: () => get(at('/me/profile'), answers.Profile),
    setTheme: async (theme) =>
      expectOk(
        await fetchApi(at('/me/metadata'), {
          method: 'PATCH',
          body: { theme },
          schema: answers.WrittenMetadata,
        }),
      ),
    listNotes: (page) => get(at(notes, page), answers.NotePage),
    addNote: async (text) =>
      expectOk(await fetchApi(at(notes), { method: 'POST', body: { text }, schema: answers.Note })),
    removeNote: async (id) =>
      void expectOk(await fetchApi(at(`${notes}/${encodeURIComponent(id)}`), { method: 'DELETE' })),
    removeAllNotes: () => fetchApi(at('/notes'), { method: 'DELETE' }),
    exportNotes: async () => expectOk(await fetchApi(at('/notes/export'), { responseType: 'blob' })),
    admin: () => get(at('/admin'), answers.Admin),
    listPeople: (page) => get(at('/admin/people', page), answers.PeoplePage),
  };
}

/** What was asked for. @throws {RefusedError} With the API's own sentence. */
export function expectOk<Body>(response: ApiResponse<Body>): Body {
  if (response.ok) return response.body;
  const { output, success } = v.safeParse(answers.Refusal, response.body);
  throw new RefusedError(success ? output.error.message : `HTTP ${response.status}`);
}

function addressOf(path: string, query: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value == null ? [] : [[name, `${value}`]]));
  const search = new URLSearchParams(given).toString();
  return `${access.apiOrigins[0] ?? ''}${path}${search && `?${search}`}`;
}
