import * as v from 'valibot';
import { type ApiResponse, access, type FetchApi } from 'wxt-clerk/client';

const Note = v.object({
  id: v.string(),
  text: v.string(),
  /** Unix ms. */
  createdAt: v.number(),
  author: v.object({ userId: v.string(), name: v.nullable(v.string()) }),
});
const NotePage = v.object({ notes: v.array(Note), total: v.number() });
const Admin = v.object({ notes: v.number() });
const Refusal = v.object({ error: v.object({ message: v.string() }) });

/** A note as the API answers it. */
export type Note = v.InferOutput<typeof Note>;

/** The API has answered, and does not do it. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** The calls of the API that this example makes, with the types of their answers. */
export interface NotesApi {
  /** The newest first. */
  list(): Promise<v.InferOutput<typeof NotePage>>;
  add(text: string): Promise<Note>;
  remove(id: string): Promise<void>;
  /** Of a person's own, all at once. The API wants a recent verification: its 403 is in the answer. */
  removeAll(): Promise<ApiResponse>;
  /** All of a person's own, as a file. */
  export(): Promise<Blob>;
  /** How many the organization has; for its admins alone. */
  countForAdmin(): Promise<number>;
}

/**
 * @param fetchApi Asks as the person, session and organization that are meant.
 * @param orgId The notes of this organization, `null` for the person's own.
 */
export function createNotesApi(fetchApi: FetchApi, orgId: string | null | undefined): NotesApi {
  const origin = access.apiOrigins[0] ?? '';
  const notes = `${origin}${orgId ? '/org/notes' : '/notes'}`;
  return {
    list: async () => expectOk(await fetchApi(`${notes}?limit=20`, { schema: NotePage })),
    add: async (text) => expectOk(await fetchApi(notes, { method: 'POST', body: { text }, schema: Note })),
    remove: async (id) => void expectOk(await fetchApi(`${notes}/${id}`, { method: 'DELETE' })),
    removeAll: () => fetchApi(`${origin}/notes`, { method: 'DELETE' }),
    export: async () => expectOk(await fetchApi(`${origin}/notes/export`, { responseType: 'blob' })),
    countForAdmin: async () => expectOk(await fetchApi(`${origin}/admin`, { schema: Admin })).notes,
  };
}

/** What was asked for. @throws {RefusedError} With the API's own sentence. */
export function expectOk<Body>(response: ApiResponse<Body>): Body {
  if (response.ok) return response.body;
  const { output, success } = v.safeParse(Refusal, response.body);
  throw new RefusedError(success ? output.error.message : `HTTP ${response.status}`);
}
