// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSignedIn, type SignedIn } from '../../src/background/clerk-script/client-resource';
import { ADA, BOB, clientResource, sessionOf } from '../support/background/people';

const TWO = () =>
  clientResource([
    { id: 'sess_1', person: ADA },
    { id: 'sess_2', person: BOB },
  ]);

/** The same answer with something changed in its first session. */
function withSession(changes: object) {
  const answer = TWO();
  Object.assign(answer.response.sessions[0] ?? {}, changes);
  return answer;
}

const clientOf = (answer: unknown) => {
  const { response, client } = answer as { response?: unknown; client?: unknown };
  return response ?? client;
};

const garbage = [
  undefined,
  null,
  '',
  '<html>',
  0,
  true,
  [],
  {},
  { client: null },
  // "No news": Clerk says so while its database is in maintenance.
  { response: null },
  { response: null, client: null },
  { errors: [] },
  { response: undefined },
  { response: [] },
  { response: {} },
  { response: { sessions: null } },
  { response: { sessions: {} } },
  { response: { sessions: [null] } },
  { response: { sessions: ['sess_1'] } },
  { response: { sessions: [{}] } },
  withSession({ id: 7 }),
  withSession({ status: undefined }),
  withSession({ user: 'user_1' }),
  withSession({ user: { id: 1 } }),
  { response: { ...TWO().response, last_active_session_id: 5 } },
];

/** @throws {Error} When it does not say who is signed in. */
function read(answer: unknown): SignedIn | null {
  const signedIn = readSignedIn(answer);
  if (typeof signedIn === 'string') throw new Error(signedIn);
  return signedIn;
}

describe('who is signed in', () => {
  test('is the person of the session that was active last', () => {
    const ada = { ...ADA, sessionId: 'sess_1' };
    const bob = { ...BOB, sessionId: 'sess_2' };
    expect(read(TWO())).toEqual({
      user: bob,
      sessions: [sessionOf(ada), sessionOf(bob)],
      sessionIds: ['sess_1', 'sess_2'],
    });
  });

  test('is the first active person when the last active session is none of them', () => {
    const answer = TWO();
    answer.response.last_active_session_id = 'sess_gone';
    expect(read(answer)?.user).toEqual({ ...ADA, sessionId: 'sess_1' });
  });

  test.each(['ended', 'expired', 'removed', 'replaced', 'abandoned', 'revoked'])(
    'is nobody with a session that is %s',
    (status) => {
      const answer = clientResource([{ id: 'sess_1', person: ADA }]);
      Object.assign(answer.response.sessions[0] ?? {}, { status });
      expect(read(answer)).toBeNull();
    },
  );

  test('is a person with a task left, who is not nobody', () => {
    expect(read(withSession({ status: 'pending', tasks: [{ key: 'setup-mfa' }] }))?.user).toMatchObject(BOB);
    const answer = clientResource([{ id: 'sess_1', person: ADA }]);
    Object.assign(answer.response.sessions[0] ?? {}, {
      status: 'pending',
      tasks: [{ key: 'choose-organization' }, { key: 'setup-mfa' }],
    });
    const pending = { ...ADA, sessionId: 'sess_1', status: 'pending' };
    expect(read(answer)?.user).toEqual({ ...pending, currentTask: { key: 'choose-organization' } });
    Object.assign(answer.response.sessions[0] ?? {}, { tasks: null });
    expect(read(answer)?.user).toEqual({ ...pending, currentTask: null });
  });

  test('is an active person before one with a task left, where the client names neither', () => {
    const answer = withSession({ status: 'pending' });
    answer.response.last_active_session_id = null;
    expect(read(answer)?.user).toMatchObject(BOB);
  });

  test.each([
    ['without a user', { user: null }],
    ['of a status that nobody knows yet', { status: 'a-new-status' }],
  ])('is not known of a client whose only session is %s: that is not nobody', (_, changes) => {
    const answer = clientResource([{ id: 'sess_1', person: ADA }]);
    Object.assign(answer.response.sessions[0] ?? {}, changes);
    expect(readSignedIn(answer)).toBe('no-news');
  });

  test('comes with the sessions that are not over', () => {
    expect(read(withSession({ status: 'ended' }))?.sessionIds).toEqual(['sess_2']);
    expect(read(withSession({ status: 'pending' }))?.sessionIds).toEqual(['sess_1', 'sess_2']);
  });

  test('is nobody when the client has no sessions', () => {
    expect(read(clientResource([]))).toBeNull();
  });

  test('is read from `client`, too, where there is no `response`', () => {
    expect(read({ response: null, client: TWO().response })?.user).toMatchObject(BOB);
  });

  test('reads a person who has hardly said anything', () => {
    expect(read(withSession({ user: { id: 'user_1' } }))?.sessionIds).toHaveLength(2);
  });

  test('has no picture of Clerk’s own making', () => {
    const answer = clientResource([{ id: 'sess_1', person: ADA }]);
    expect(read(answer)?.user.imageUrl).toBeNull();
  });

  test.each(garbage.map((answer) => [answer]))('is not read from %j: it signs nobody out', (answer) => {
    expect(readSignedIn(answer)).toBeTypeOf('string');
  });

  test('is never "nobody" by anything but a client resource', () => {
    fc.assert(
      fc.property(fc.anything(), (answer) => {
        if (readSignedIn(answer) === null)
          expect(clientOf(answer)).toMatchObject({ sessions: expect.any(Array) });
      }),
      { numRuns: 2000 },
    );
  });
});
