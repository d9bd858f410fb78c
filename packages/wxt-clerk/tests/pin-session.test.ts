import { beforeEach, describe, expect, test } from 'vitest';
import { pinSession, type SessionActions } from '../src/client/index';
import { fakeBackground } from './support/fake-background';

const OK = { ok: true, value: null } as const;
const OVER = { ok: false, error: { code: 'not-found', message: '' } } as const;
const pinned = pinSession('sess_2');

const CALLS: [string, (session: SessionActions) => Promise<unknown>, object][] = [
  ['get-token', (session) => session.getToken({ template: 'notes' }), { template: 'notes' }],
  ['get-session', (session) => session.getUser(), {}],
  ['get-session', (session) => session.getSession(), {}],
  ['set-active', (session) => session.setActive(), {}],
  ['set-active', (session) => session.setActive({ organization: 'org_1' }), { organizationId: 'org_1' }],
  ['touch-session', (session) => session.touchSession({ intent: 'focus' }), { intent: 'focus' }],
  ['end-session', (session) => session.endSession(), {}],
  ['remove-session', (session) => session.removeSession(), {}],
  ['sign-out', (session) => session.signOut(), {}],
  [
    'check-authorization',
    (session) => session.checkAuthorization({ role: 'org:lead' }),
    { role: 'org:lead' },
  ],
  ['list-organizations', (session) => session.listOrganizations(), {}],
  [
    'fetch-api',
    (session) => session.fetchApi('https://api.example.com/'),
    { url: 'https://api.example.com/', method: 'GET' },
  ],
];

const ANSWER = { ok: true, value: { status: 204, headers: {}, body: null } } as const;

const backgroundWith = (answer: typeof OK | typeof OVER) =>
  fakeBackground({
    ...Object.fromEntries(CALLS.map(([type]) => [type, answer])),
    'fetch-api': answer.ok ? ANSWER : answer,
  });

describe('the functions of one session', () => {
  let asked: unknown[];
  beforeEach(() => {
    ({ asked } = backgroundWith(OK));
  });

  test.each(CALLS)('%s is about that session', async (type, call, options) => {
    await call(pinned);
    expect(asked).toEqual([{ type, sessionId: 'sess_2', ...options }]);
  });

  test('what names another session is about this one all the same', async () => {
    await pinned.getToken({ sessionId: 'sess_1' } as object);
    expect(asked).toEqual([{ type: 'get-token', sessionId: 'sess_2' }]);
  });

  test('another session becomes active only by its name', async () => {
    await pinned.setActive({ session: 'sess_1' });
    expect(asked).toEqual([{ type: 'set-active', sessionId: 'sess_1' }]);
  });
});

describe('when the session is over', () => {
  beforeEach(() => void backgroundWith(OVER));

  test('nobody is there, and may do anything', async () => {
    expect(await pinned.getToken()).toBeNull();
    expect(await pinned.getUser()).toBeNull();
    expect(await pinned.getSession()).toBeNull();
    expect(await pinned.listOrganizations()).toEqual([]);
    expect(await pinned.checkAuthorization({ role: 'org:lead' })).toBe(false);
  });

  test.each(CALLS.filter(([type]) => /^(set-active|touch|end|remove|sign-out|fetch)/.test(type)))(
    '%s fails',
    async (_, call) => {
      await expect(call(pinned)).rejects.toMatchObject({ code: 'not-found' });
    },
  );

  test('any other failure is one', async () => {
    fakeBackground({ 'get-token': { ok: false, error: { code: 'offline', message: '' } } });
    await expect(pinned.getToken()).rejects.toMatchObject({ code: 'offline' });
  });
});
