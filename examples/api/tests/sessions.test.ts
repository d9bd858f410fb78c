// @vitest-environment node
import { PERMISSIVE_SETTINGS } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { describe, expect, it, test } from 'vitest';
import { call, refusal } from './support/call.ts';
import { api, person, withApi } from './support/fixture.ts';
import { signIn } from './support/people.ts';

withEmulator({ settings: PERMISSIVE_SETTINGS });
withApi();

describe('which session', () => {
  it('is the token’s where the request names none, or the same', async () => {
    const token = await person.token();
    const { sessionId } = person;
    const named = `${api.url}/me?_clerk_session_id=${sessionId}`;
    expect((await call(named, { token })).json.sessionId).toBe(sessionId);
    const json = { text: 'hello', _clerk_session_id: sessionId };
    expect((await call(`${api.url}/notes`, { token, json })).status).toBe(201);
  });

  test.each(['sess_of_nobody', '', 'SESS', '../../me'])('named "%s" is refused', async (name) => {
    const token = await person.token();
    const query = `_clerk_session_id=${encodeURIComponent(name)}`;
    const expected = [403, 'session-mismatch'];
    expect(refusal(await call(`${api.url}/me?${query}`, { token }))).toEqual(expected);
    expect(refusal(await call(`${api.url}/notes?${query}`, { token, json: { text: 'a' } }))).toEqual(
      expected,
    );
    const json = { text: 'a', _clerk_session_id: name };
    expect(refusal(await call(`${api.url}/notes`, { token, json }))).toEqual(expected);
  });

  test('named twice has to be the token’s both times', async () => {
    const token = await person.token();
    const query = `_clerk_session_id=${person.sessionId}&_clerk_session_id=sess_of_another`;
    expect(refusal(await call(`${api.url}/me?${query}`, { token }))).toEqual([403, 'session-mismatch']);
  });

  test.each([[5], [null], [{}], [['a']]])('named %j in the body is refused', async (name) => {
    const json = { text: 'a', _clerk_session_id: name };
    const answer = await call(`${api.url}/notes`, { token: await person.token(), json });
    expect(refusal(answer)).toEqual([403, 'session-mismatch']);
  });

  it('is the last active one, and says which, where the route says so', async () => {
    const charles = await signIn(emulator, emulator.seededPeople[1]);
    const token = await charles.token();
    const query = `_clerk_session_id=${person.sessionId}`;
    expect(refusal(await call(`${api.url}/me?${query}`, { token }))).toEqual([403, 'session-mismatch']);
    expect((await call(`${api.url}/me/last-active?${query}`, { token })).json).toEqual({
      userId: charles.userId,
      sessionId: charles.sessionId,
    });
    expect(refusal(await call(`${api.url}/me/last-active?${query}`))).toEqual([401, 'signed-out']);
  });
});
