import * as v from 'valibot';
import { expectTypeOf, test } from 'vitest';
import { fetchApi, MessageError, pinSession } from '../../src/client';
import { fetchApi as fetchApiOfSite } from '../../src/content';
import type { ApiResponse, JsonValue, Sent } from '../../src/messages';
import { useAuthenticatedFetch, useReverification } from '../../src/react';

const API = 'https://api.example/notes';
const notes = v.array(v.object({ text: v.string() }));
type Notes = { text: string }[];

test('an answer is JSON, whose type a schema gives', () => {
  expectTypeOf(fetchApi(API)).resolves.toEqualTypeOf<ApiResponse>();
  expectTypeOf(fetchApi(API, { schema: notes })).resolves.toEqualTypeOf<ApiResponse<Notes>>();
  expectTypeOf(fetchApi<Notes>(API)).resolves.toEqualTypeOf<ApiResponse<Notes>>();
  expectTypeOf(fetchApiOfSite<Notes>(API)).resolves.toEqualTypeOf<ApiResponse<Notes>>();
  expectTypeOf(pinSession('sess_1').fetchApi(API, { schema: notes })).resolves.toEqualTypeOf<
    ApiResponse<Notes>
  >();
});

test('what was asked for is there where the API did it', async () => {
  const answer = await fetchApi(API, { schema: notes });
  if (answer.ok) expectTypeOf(answer.body).toEqualTypeOf<Notes>();
  else expectTypeOf(answer.body).toEqualTypeOf<JsonValue>();
  // @ts-expect-error: it may be an error of the API
  answer.body.map(({ text }) => text);
  const file = await fetchApi(API, { responseType: 'blob' });
  if (file.ok) expectTypeOf(file.body).toEqualTypeOf<Blob>();
});

test('only what can be sent is taken', () => {
  fetchApi(API, { method: 'POST', body: new FormData() });
  fetchApi(API, { method: 'POST', body: new File([], 'a') });
  fetchApi(API, { method: 'POST', body: new Uint8Array() });
  // @ts-expect-error: neither JSON nor bytes
  fetchApi(API, { method: 'POST', body: () => {} });
  // @ts-expect-error: fetch transfers no stream to the background
  fetchApi(API, { method: 'POST', body: new ReadableStream() });
  // @ts-expect-error: text is what comes without it
  fetchApi(API, { responseType: 'text' });
  // @ts-expect-error: which session is pinned is said once
  pinSession('sess_1').fetchApi(API, { sessionId: 'sess_2' });
});

test('an error says whether it was sent', () => {
  expectTypeOf(new MessageError('offline').sent).toEqualTypeOf<Sent | undefined>();
  expectTypeOf<Sent>().toEqualTypeOf<'no' | 'maybe' | 'yes'>();
});

test('what asks for a recent verification is called as before', () => {
  const fetchApi = useAuthenticatedFetch();
  const remove = useReverification((id: string) => fetchApi<Notes>(API, { method: 'DELETE', body: id }));
  expectTypeOf(remove).parameters.toEqualTypeOf<[id: string]>();
  expectTypeOf(remove).returns.resolves.toEqualTypeOf<ApiResponse<Notes>>();
  // @ts-expect-error: which note?
  remove();
});
