import { act, cleanup, render, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Show, type ShowWhen, useAuth, useAuthenticatedFetch, useUser } from '../src/react/index';
import { ADA, fakeBackground, PENDING_ADA } from './support/fake-background';
import { keepTokens, memberOf, sessionOf } from './support/sessions';

const never = () => new Promise<never>(() => {});

let background: ReturnType<typeof fakeBackground>;
beforeEach(() => {
  background = fakeBackground({
    'get-user': never,
    'get-token': { ok: true, value: { token: 'a.b.c', expiresAt: 1 } },
    'sign-out': { ok: true, value: null },
    'fetch-api': { ok: true, value: { status: 200, headers: {}, body: 'hello' } },
  });
});
afterEach(cleanup);

let revision = 0;
const publish = (user: typeof ADA | null) =>
  act(async () => {
    revision += 1;
    await background.publish({ revision, user });
  });

describe('useAuth', () => {
  test('is not loaded before the first answer, and only then', async () => {
    const { result } = renderHook(useAuth);
    expect(result.current).toMatchObject({ isLoaded: false, isSignedIn: undefined, userId: undefined });
    await publish(null);
    expect(result.current).toMatchObject({ isLoaded: true, isSignedIn: false, userId: null, orgId: null });
    await publish({ ...ADA, organizationId: 'org_1' });
    expect(result.current).toMatchObject({
      isLoaded: true,
      isSignedIn: true,
      userId: 'user_1',
      sessionId: 'sess_1',
      orgId: 'org_1',
    });
  });

  test('has a person with a task left as not signed in, and yet not nobody', async () => {
    const { result } = renderHook(useAuth);
    await publish(PENDING_ADA);
    expect(result.current).toMatchObject({
      isSignedIn: false,
      sessionId: null,
      sessionStatus: 'pending',
      currentTask: { key: 'setup-mfa' },
    });
    await publish(ADA);
    expect(result.current).toMatchObject({ isSignedIn: true, sessionStatus: 'active', currentTask: null });
    await publish(null);
    expect(result.current).toMatchObject({ isSignedIn: false, sessionStatus: null, currentTask: null });
  });

  test('has the answer at once in what is mounted later', async () => {
    await publish(ADA);
    const first = renderHook(useAuth);
    await act(async () => {});
    expect(first.result.current.isSignedIn).toBe(true);
    expect(renderHook(useAuth).result.current.isSignedIn).toBe(true);
  });

  test('gets a token and signs out by the background', async () => {
    await publish(ADA);
    const { result } = renderHook(useAuth);
    expect(await result.current.getToken({ template: 'notes' })).toBe('a.b.c');
    await result.current.signOut();
    expect(background.asked).toContainEqual({ type: 'get-token', template: 'notes' });
    expect(background.asked).toContainEqual({ type: 'sign-out' });
  });

  test('takes the background’s answer where nothing was published', async () => {
    background = fakeBackground({ 'get-user': { ok: true, value: ADA } });
    const { result } = renderHook(useAuth);
    await act(async () => {});
    expect(result.current.userId).toBe('user_1');
  });

  test('does not render anew for an answer that says the same', async () => {
    background = fakeBackground({ 'get-user': () => ({ ok: true, value: { ...ADA } }) });
    await act(() => background.publish({ revision: 1, user: ADA }));
    const renders = vi.fn(useAuth);
    renderHook(renders);
    await act(async () => {});
    const before = renders.mock.calls.length;
    await act(async () => void window.dispatchEvent(new Event('online')));
    expect(renders.mock.calls.length).toBe(before);
  });
});

describe('what useAuth tells of the organization and the claims', () => {
  const LEAD = memberOf(ADA, 'org:lead', ['org:notes:write']);

  test('id, role and short name of the organization, and what its role may', async () => {
    const { result } = renderHook(useAuth);
    await publish(LEAD);
    expect(result.current).toMatchObject({ orgId: 'org_1', orgRole: 'org:lead', orgSlug: 'engines' });
    expect(result.current.has({ role: 'org:lead' })).toBe(true);
    expect(result.current.has({ permission: 'org:notes:write' })).toBe(true);
    await publish(memberOf(ADA, 'org:guest'));
    expect(result.current.has({ role: 'org:lead' })).toBe(false);
    await publish(ADA);
    expect(result.current).toMatchObject({ orgId: null, orgRole: null, orgSlug: null });
    await publish(null);
    expect(result.current.has({ role: 'org:lead' })).toBe(false);
  });

  test('who acts in the person’s name', async () => {
    const { result } = renderHook(useAuth);
    await act(() =>
      background.publish({
        revision: 1000,
        user: ADA,
        sessions: [sessionOf(ADA, { actor: { sub: 'user_9' } })],
      }),
    );
    expect(result.current.actor).toEqual({ sub: 'user_9' });
  });

  test('no claims are asked for as long as nobody reads any', async () => {
    const { result } = renderHook(useAuth);
    await publish(LEAD);
    result.current.has({ role: 'org:lead' });
    await act(async () => {});
    expect(background.asked).toEqual([{ type: 'get-user' }]);
  });

  test('who reads no claims is not rendered anew for those that another component reads', async () => {
    const renders = vi.fn(useAuth);
    renderHook(renders);
    const reader = renderHook(() => useAuth().sessionClaims);
    await publish(ADA);
    const before = renders.mock.calls.length;
    await act(() => keepTokens([{ sessionId: 'sess_1', claims: { plan: 'pro' } }]));
    expect(reader.result.current).toMatchObject({ plan: 'pro' });
    expect(renders.mock.calls.length).toBe(before);
  });

  test('claims are there as soon as the background has a token, and live from then on', async () => {
    const { result } = renderHook(() => useAuth().sessionClaims);
    expect(result.current).toBeUndefined();
    await publish(ADA);
    expect(background.asked).toContainEqual({ type: 'get-token', sessionId: 'sess_1' });
    expect(result.current).toBeUndefined();
    await act(() => keepTokens([{ sessionId: 'sess_1', claims: { plan: 'free' } }]));
    expect(result.current).toMatchObject({ sid: 'sess_1', plan: 'free' });
    await act(() => keepTokens([{ sessionId: 'sess_1', claims: { plan: 'pro' } }]));
    expect(result.current).toMatchObject({ plan: 'pro' });
    await publish(null);
    expect(result.current).toBeNull();
  });

  test('features and plans are in the claims', async () => {
    const { result } = renderHook(() => useAuth().has({ plan: 'user:pro' }));
    await publish(ADA);
    expect(result.current).toBe(false);
    await act(() => keepTokens([{ sessionId: 'sess_1', claims: { pla: 'u:pro' } }]));
    expect(result.current).toBe(true);
  });
});

describe('useUser', () => {
  test('gives the person under Clerk’s names', async () => {
    const { result } = renderHook(useUser);
    expect(result.current).toEqual({ isLoaded: false, isSignedIn: undefined, user: undefined });
    await publish({
      ...ADA,
      username: 'ada',
      phoneNumber: '+15555550100',
      publicMetadata: { tier: 'gold' },
      createdAt: 1,
      updatedAt: 2,
      lastSignInAt: 3,
    });
    expect(result.current.user).toEqual({
      id: 'user_1',
      username: 'ada',
      firstName: 'Ada',
      lastName: 'Lovelace',
      fullName: 'Ada Lovelace',
      imageUrl: null,
      hasImage: false,
      primaryEmailAddress: { emailAddress: 'ada@example.com' },
      primaryPhoneNumber: { phoneNumber: '+15555550100' },
      publicMetadata: { tier: 'gold' },
      createdAt: new Date(1),
      updatedAt: new Date(2),
      lastSignInAt: new Date(3),
    });
    for (const nobody of [null, PENDING_ADA]) {
      await publish(nobody);
      expect(result.current).toEqual({ isLoaded: true, isSignedIn: false, user: null });
    }
  });
});

describe('useAuthenticatedFetch', () => {
  test('asks the API by the background', async () => {
    const { result } = renderHook(useAuthenticatedFetch);
    expect(await result.current('https://api.example.com/me')).toMatchObject({ status: 200, body: 'hello' });
    expect(background.asked).toContainEqual({
      type: 'fetch-api',
      method: 'GET',
      url: 'https://api.example.com/me',
    });
  });

  test('asks with the token that is named, and one request with another', async () => {
    const { result } = renderHook(() =>
      useAuthenticatedFetch({ template: 'notes', organizationId: 'org_1' }),
    );
    await result.current('https://api.example.com/me');
    await result.current('https://api.example.com/me', { template: 'admin' });
    expect(background.asked.slice(-2)).toMatchObject([
      { type: 'fetch-api', template: 'notes', organizationId: 'org_1' },
      { type: 'fetch-api', template: 'admin', organizationId: 'org_1' },
    ]);
  });

  test('is another function for another person, and the same for the same', async () => {
    const { result } = renderHook(useAuthenticatedFetch);
    await publish(ADA);
    const ofAda = result.current;
    await publish({ ...ADA, firstName: 'Augusta' });
    expect(result.current).toBe(ofAda);
    await publish({ ...ADA, sessionId: 'sess_2' });
    expect(result.current).not.toBe(ofAda);
  });
});

describe('Show', () => {
  const show = (when: ShowWhen, children: ReactNode = 'shown') =>
    render(
      <Show when={when} fallback="fallback">
        {children}
      </Show>,
    ).container;

  test('shows nothing before it is known who is signed in', () => {
    expect(show('signed-in').textContent).toBe('');
    expect(show('signed-out').textContent).toBe('');
  });

  test.each<[string, ShowWhen, typeof ADA | null, string]>([
    ['signed-in, to a person', 'signed-in', ADA, 'shown'],
    ['signed-in, to nobody', 'signed-in', null, 'fallback'],
    ['signed-out, to a person', 'signed-out', ADA, 'fallback'],
    ['signed-out, to nobody', 'signed-out', null, 'shown'],
    ['signed-in, to who has a task left', 'signed-in', PENDING_ADA, 'fallback'],
    ['signed-out, to who has a task left', 'signed-out', PENDING_ADA, 'shown'],
    ['pending, to who has a task left', 'pending', PENDING_ADA, 'shown'],
    ['pending, to a person', 'pending', ADA, 'fallback'],
    ['pending, to nobody', 'pending', null, 'fallback'],
    ['any condition, to who has a task left', () => true, PENDING_ADA, 'fallback'],
    ['a condition that holds', ({ userId }) => userId === 'user_1', ADA, 'shown'],
    ['a condition that does not', ({ orgId }) => orgId !== null, ADA, 'fallback'],
    ['any condition, to nobody', () => true, null, 'fallback'],
    ['a role, to who has it', { role: 'org:lead' }, memberOf(ADA, 'org:lead'), 'shown'],
    ['a role, to who has another', { role: 'org:lead' }, memberOf(ADA, 'org:guest'), 'fallback'],
    ['a role, to who is in no organization', { role: 'org:lead' }, ADA, 'fallback'],
    ['a role, to nobody', { role: 'org:lead' }, null, 'fallback'],
    ['a permission, to who has it', { permission: 'org:a:b' }, memberOf(ADA, 'org:x', ['org:a:b']), 'shown'],
    ['a permission, to who has none', { permission: 'org:a:b' }, memberOf(ADA, 'org:x'), 'fallback'],
    [
      'a function of has, to who has it',
      (has) => has({ role: 'org:lead' }),
      memberOf(ADA, 'org:lead'),
      'shown',
    ],
    ['a function of has, to who has not', (has) => has({ role: 'org:lead' }), ADA, 'fallback'],
  ])('%s', async (_, when, user, expected) => {
    const container = show(when);
    await publish(user);
    expect(container.textContent).toBe(expected);
  });

  test('is live with the role', async () => {
    const container = show({ role: 'org:lead' });
    for (const [role, expected] of [
      ['org:guest', 'fallback'],
      ['org:lead', 'shown'],
      ['org:guest', 'fallback'],
    ] as const) {
      await publish(memberOf(ADA, role));
      expect(container.textContent).toBe(expected);
    }
  });

  test.each<[string, ShowWhen, object]>([
    ['feature', { feature: 'user:export' }, { fea: 'u:export' }],
    ['plan', { plan: 'user:pro' }, { pla: 'u:pro' }],
  ])('is live with the %s that the token’s claims have', async (_, when, claims) => {
    const container = show(when);
    await publish(ADA);
    expect(container.textContent).toBe('');
    await act(() => keepTokens([{ sessionId: 'sess_1', claims: {} }]));
    expect(container.textContent).toBe('fallback');
    await act(() => keepTokens([{ sessionId: 'sess_1', claims }]));
    expect(container.textContent).toBe('shown');
  });

  test('shows nothing until the claims are there that a plan is in', async () => {
    let answer = (_: unknown) => {};
    const tokenAnswer = () =>
      new Promise<never>((resolve) => {
        answer = resolve as typeof answer;
      });
    background = fakeBackground({ 'get-user': never, 'get-token': tokenAnswer });
    const container = show({ plan: 'user:pro' });
    await publish(ADA);
    expect(container.textContent).toBe('');
    await act(async () => answer({ ok: false, error: { code: 'offline', message: '' } }));
    expect(container.textContent).toBe('fallback');
    await act(() => keepTokens([{ sessionId: 'sess_1', claims: { pla: 'u:pro' } }]));
    expect(container.textContent).toBe('shown');
    await publish({ ...ADA, sessionId: 'sess_2' });
    expect(container.textContent, 'another person’s are not known yet').toBe('');
  });

  test('a function that reads no claims has no token made', async () => {
    show((has) => has({ role: 'org:lead' }));
    await publish(memberOf(ADA, 'org:lead'));
    expect(background.asked).toEqual([{ type: 'get-user' }]);
  });

  test('needs no fallback', async () => {
    const { container } = render(<Show when="signed-in">shown</Show>);
    await publish(null);
    expect(container.textContent).toBe('');
  });
});

test('all hooks of a page share one read, one question and one watcher', async () => {
  const read = vi.spyOn(fakeBrowser.storage.session, 'get');
  const watch = vi.spyOn(fakeBrowser.storage.onChanged, 'addListener');
  await publish(ADA);
  function Page() {
    useAuth();
    const { user } = useUser();
    useAuthenticatedFetch();
    return <Show when="signed-in">{user?.fullName}</Show>;
  }
  const { container } = render(
    <>
      <Page />
      <Page />
    </>,
  );
  await act(async () => {});
  expect(container.textContent).toBe('Ada LovelaceAda Lovelace');
  expect(read).toHaveBeenCalledTimes(1);
  expect(watch).toHaveBeenCalledTimes(1);
  expect(background.asked).toEqual([{ type: 'get-user' }]);
});
