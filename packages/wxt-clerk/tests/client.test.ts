import { describe, expect, test, vi } from 'vitest';
import * as client from '../src/client/index';
import {
  fetchApi,
  getToken,
  getUser,
  MessageError,
  setActive,
  signOut,
  watchAuth,
  watchSession,
  watchSessionList,
} from '../src/client/index';
import { ADA, fakeBackground, PENDING_ADA } from './support/fake-background';
import { sessionOf } from './support/sessions';

const never = () => new Promise<never>(() => {});
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const NO_CONTENT = { status: 204, headers: {}, body: null };
const TYPES = [
  'get-session',
  'list-sessions',
  'set-active',
  'touch-session',
  'end-session',
  'remove-session',
  'sign-out',
  'check-authorization',
  'list-organizations',
  'fetch-api',
] as const;

describe('without React', () => {
  test('a token, or null when nobody is signed in', async () => {
    fakeBackground({ 'get-token': { ok: true, value: { token: 'a.b.c', expiresAt: 1 } } });
    expect(await getToken()).toBe('a.b.c');
    fakeBackground({ 'get-token': { ok: true, value: null } });
    expect(await getToken()).toBeNull();
  });

  test('an error of the background is thrown with its code', async () => {
    fakeBackground({ 'get-token': { ok: false, error: { code: 'offline', message: '' } } });
    const error = await getToken().catch((reason) => reason);
    expect(error).toBeInstanceOf(MessageError);
    expect(error.code).toBe('offline');
  });

  test('the person, a sign-out and a request to the API', async () => {
    const { asked } = fakeBackground({
      'get-user': { ok: true, value: ADA },
      'sign-out': { ok: true, value: null },
      'fetch-api': { ok: true, value: NO_CONTENT },
    });
    expect(await getUser()).toEqual(ADA);
    await signOut();
    const answer = await fetchApi('https://api.example.com/notes', { method: 'POST', body: { a: 1 } });
    expect(answer.status).toBe(204);
    expect(asked.at(-1)).toMatchObject({ type: 'fetch-api', method: 'POST', body: { a: 1 } });
  });

  test('watchAuth tells the state now and every change, until it is stopped', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    const onChange = vi.fn();
    await publish({ revision: 1, user: null });
    const stop = watchAuth(onChange);
    await settled();
    await publish({ revision: 2, user: ADA });
    expect(onChange.mock.calls).toEqual([
      [{ isSignedIn: false, user: null }],
      [{ isSignedIn: true, user: ADA }],
    ]);
    stop();
    await publish({ revision: 3, user: null });
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  test('watchAuth tells of a person with a task left', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    const onChange = vi.fn();
    const stop = watchAuth(onChange);
    for (const [index, user] of [null, PENDING_ADA, ADA].entries())
      await publish({ revision: index + 1, user });
    expect(onChange.mock.calls.map(([auth]) => auth)).toEqual([
      { isSignedIn: false, user: null },
      { isSignedIn: false, user: null, pending: PENDING_ADA },
      { isSignedIn: true, user: ADA },
    ]);
    stop();
  });

  test('watchAuth tells at once what is known already', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    await publish({ revision: 1, user: ADA });
    watchAuth(() => {});
    await settled();
    const onChange = vi.fn();
    watchAuth(onChange);
    expect(onChange).toHaveBeenCalledExactlyOnceWith({ isSignedIn: true, user: ADA });
  });
});

describe('of several sessions', () => {
  const GRACE = { ...ADA, userId: 'user_2', sessionId: 'sess_2', firstName: 'Grace' };
  const SESSIONS = [sessionOf(ADA), sessionOf(GRACE)];

  test.each<[string, () => Promise<unknown>, object]>([
    ['getSession', () => client.getSession(), { type: 'get-session' }],
    [
      'getSession',
      () => client.getSession({ sessionId: 'sess_2' }),
      { type: 'get-session', sessionId: 'sess_2' },
    ],
    ['listSessions', () => client.listSessions(), { type: 'list-sessions' }],
    ['setActive', () => setActive({ session: 'sess_2' }), { type: 'set-active', sessionId: 'sess_2' }],
    ['setActive', () => setActive({ session: SESSIONS[1] }), { type: 'set-active', sessionId: 'sess_2' }],
    [
      'setActive',
      () => setActive({ organization: 'org_1' }),
      { type: 'set-active', organizationId: 'org_1' },
    ],
    ['setActive', () => setActive({ organization: null }), { type: 'set-active', organizationId: null }],
    [
      'touchSession',
      () => client.touchSession({ intent: 'focus' }),
      { type: 'touch-session', intent: 'focus' },
    ],
    [
      'endSession',
      () => client.endSession({ sessionId: 'sess_2' }),
      { type: 'end-session', sessionId: 'sess_2' },
    ],
    ['removeSession', () => client.removeSession(), { type: 'remove-session' }],
    ['signOut', () => signOut({ sessionId: 'sess_2' }), { type: 'sign-out', sessionId: 'sess_2' }],
    [
      'checkAuthorization',
      () => client.checkAuthorization({ role: 'org:lead' }),
      { type: 'check-authorization', role: 'org:lead' },
    ],
    ['listOrganizations', () => client.listOrganizations(), { type: 'list-organizations' }],
    [
      'fetchApi',
      () => fetchApi('https://api.example.com/', { template: 'notes', sessionId: 'sess_2' }),
      {
        type: 'fetch-api',
        url: 'https://api.example.com/',
        method: 'GET',
        template: 'notes',
        sessionId: 'sess_2',
      },
    ],
  ])('%s asks the background', async (name, ask, message) => {
    const answer = { ok: true, value: null } as const;
    const answers = Object.fromEntries(TYPES.map((type) => [type, answer]));
    const { asked } = fakeBackground({ ...answers, 'fetch-api': { ok: true, value: NO_CONTENT } });
    expect((await ask()) ?? null).toEqual(name === 'fetchApi' ? { ...NO_CONTENT, ok: true } : null);
    expect(asked).toEqual([message]);
  });

  test('getUser tells the person of a session that is named', async () => {
    fakeBackground({ 'get-session': { ok: true, value: sessionOf(GRACE) } });
    expect(await getUser({ sessionId: 'sess_2' })).toEqual(GRACE);
  });

  test('a button may sign out with its click', async () => {
    const { asked } = fakeBackground({ 'sign-out': { ok: true, value: null } });
    await signOut(new MouseEvent('click') as object);
    expect(asked).toEqual([{ type: 'sign-out' }]);
  });

  test('watchAuth of a session tells of that one alone, until it is over', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    const onChange = vi.fn();
    const stop = watchAuth(onChange, { sessionId: 'sess_2' });
    await publish({ revision: 1, user: ADA, sessions: SESSIONS });
    await publish({ revision: 2, user: GRACE, sessions: SESSIONS });
    await publish({ revision: 3, user: ADA, sessions: [sessionOf(ADA)] });
    expect(onChange.mock.calls).toEqual([
      [{ isSignedIn: true, user: GRACE }],
      [{ isSignedIn: false, user: null }],
    ]);
    stop();
  });

  test('watchSession tells the active session, and watchSessionList all of them', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    const onSession = vi.fn();
    const onList = vi.fn();
    const stops = [watchSession(onSession), watchSessionList(onList)];
    await publish({ revision: 1, user: ADA, sessions: SESSIONS });
    await publish({ revision: 2, user: GRACE, sessions: SESSIONS });
    await publish({ revision: 3, user: null, sessions: [] });
    expect(onSession.mock.calls).toEqual([[SESSIONS[0]], [SESSIONS[1]], [null]]);
    const activeIds = onList.mock.calls.map(([list]) =>
      list.filter(({ isActive }: { isActive: boolean }) => isActive).map(({ id }: { id: string }) => id),
    );
    expect(activeIds).toEqual([['sess_1'], ['sess_2'], []]);
    for (const stop of stops) stop();
  });
});
