import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SessionSnapshot } from '../src/messages/protocol';
import {
  useOrganization,
  useOrganizationList,
  useSession,
  useSessionList,
  useTokenRefresh,
} from '../src/react/index';
import { ADA, fakeBackground, PENDING_ADA } from './support/fake-background';
import { keepTokens, memberOf, sessionOf } from './support/sessions';

const never = () => new Promise<never>(() => {});
const OK = { ok: true, value: null } as const;
const MEMBERSHIP = {
  organization: { id: 'org_1', name: 'Engines', slug: 'engines', imageUrl: null, hasImage: false },
  role: 'org:lead',
  permissions: ['org:notes:write'],
};
const GRACE = { ...ADA, userId: 'user_2', sessionId: 'sess_2', firstName: 'Grace' };

let background: ReturnType<typeof fakeBackground>;
let organizations: () => unknown;
beforeEach(() => {
  organizations = () => [MEMBERSHIP];
  background = fakeBackground({
    'get-user': never,
    'get-token': { ok: true, value: { token: 'a.b.c', expiresAt: 1 } },
    'touch-session': OK,
    'end-session': OK,
    'remove-session': OK,
    'set-active': OK,
    'list-organizations': async () => ({ ok: true, value: await organizations() }),
  });
});
afterEach(cleanup);

let revision = 0;
const publish = (user: typeof ADA | null, sessions?: SessionSnapshot[]) =>
  act(async () => {
    revision += 1;
    await background.publish({ revision, user, ...(sessions && { sessions }) });
  });

describe('useSession', () => {
  test('gives the session under Clerk’s names, its times as dates', async () => {
    const { result } = renderHook(useSession);
    expect(result.current).toEqual({ isLoaded: false, isSignedIn: undefined, session: undefined });
    const times = { lastActiveAt: 1, expireAt: 2, abandonAt: 3, createdAt: 4, updatedAt: 5 };
    await publish(ADA, [
      sessionOf(ADA, { ...times, actor: { sub: 'user_9' }, factorVerificationAge: [1, -1] }),
    ]);
    expect(result.current).toMatchObject({
      isLoaded: true,
      isSignedIn: true,
      session: {
        id: 'sess_1',
        status: 'active',
        lastActiveAt: new Date(1),
        expireAt: new Date(2),
        abandonAt: new Date(3),
        createdAt: new Date(4),
        updatedAt: new Date(5),
        actor: { sub: 'user_9' },
        factorVerificationAge: [1, -1],
        currentTask: null,
        publicUserData: { identifier: 'ada@example.com' },
        user: { id: 'user_1', fullName: 'Ada Lovelace' },
      },
    });
    await publish(null);
    expect(result.current).toEqual({ isLoaded: true, isSignedIn: false, session: null });
  });

  test('gives that of somebody with a task left, who is not signed in', async () => {
    const { result } = renderHook(useSession);
    await publish(PENDING_ADA);
    expect(result.current).toMatchObject({
      isSignedIn: false,
      session: { status: 'pending', currentTask: { key: 'setup-mfa' } },
    });
  });

  test('what it can do, it does with that session', async () => {
    const { result } = renderHook(useSession);
    await publish(memberOf(ADA, 'org:lead'));
    const { session } = result.current;
    expect(await session?.getToken({ template: 'notes' })).toBe('a.b.c');
    await session?.touch({ intent: 'focus' });
    await session?.end();
    await session?.remove();
    expect(session?.checkAuthorization({ role: 'org:lead' })).toBe(true);
    expect(background.asked.slice(1)).toEqual([
      { type: 'get-token', template: 'notes', sessionId: 'sess_1' },
      { type: 'touch-session', intent: 'focus', sessionId: 'sess_1' },
      { type: 'end-session', sessionId: 'sess_1' },
      { type: 'remove-session', sessionId: 'sess_1' },
    ]);
  });

  test('is live with the plan that the claims have', async () => {
    const { result } = renderHook(() => useSession().session?.checkAuthorization({ plan: 'user:pro' }));
    await publish(ADA);
    expect(result.current).toBe(false);
    await act(() => keepTokens([{ sessionId: 'sess_1', claims: { pla: 'u:pro' } }]));
    expect(result.current).toBe(true);
  });
});

describe('useSessionList', () => {
  test('gives every session, and makes another one active', async () => {
    const { result } = renderHook(useSessionList);
    expect(result.current).toMatchObject({ isLoaded: false, sessions: undefined });
    await publish(ADA, [sessionOf(ADA), sessionOf(GRACE)]);
    expect(result.current.sessions?.map(({ id, isActive }) => [id, isActive])).toEqual([
      ['sess_1', true],
      ['sess_2', false],
    ]);
    await result.current.setActive({ session: 'sess_2' });
    expect(background.asked.at(-1)).toEqual({ type: 'set-active', sessionId: 'sess_2' });
    await publish(GRACE, [sessionOf(GRACE)]);
    expect(result.current.sessions).toMatchObject([
      { id: 'sess_2', isActive: true, user: { firstName: 'Grace' } },
    ]);
    await publish(null);
    expect(result.current).toMatchObject({ isLoaded: true, sessions: [] });
  });
});

describe('useOrganization', () => {
  test('gives the organization and what the person is in it, live', async () => {
    const { result } = renderHook(useOrganization);
    expect(result.current).toEqual({ isLoaded: false, organization: undefined, membership: undefined });
    await publish(memberOf(ADA, 'org:lead', ['org:notes:write']));
    expect(result.current).toEqual({
      isLoaded: true,
      organization: MEMBERSHIP.organization,
      membership: MEMBERSHIP,
    });
    await publish(memberOf(ADA, 'org:guest'));
    expect(result.current.membership).toMatchObject({ role: 'org:guest', permissions: [] });
    for (const user of [ADA, null]) {
      await publish(user);
      expect(result.current).toEqual({ isLoaded: true, organization: null, membership: null });
    }
  });

  test('has no membership of who was taken out of it', async () => {
    const { result } = renderHook(useOrganization);
    await publish({ ...ADA, organizationId: 'org_1' });
    expect(result.current).toMatchObject({ organization: { id: 'org_1' }, membership: null });
  });
});

describe('useOrganizationList', () => {
  const asked = () =>
    background.asked.filter((each) => (each as { type: string }).type === 'list-organizations');

  test('asks when it is mounted, and again for another person, organization or role', async () => {
    const { result } = renderHook(useOrganizationList);
    expect(result.current).toMatchObject({ isLoaded: false, userMemberships: { data: undefined } });
    await publish(ADA);
    expect(result.current).toMatchObject({
      isLoaded: true,
      userMemberships: { data: [MEMBERSHIP], isLoading: false, error: null },
    });
    expect(asked()).toEqual([{ type: 'list-organizations', sessionId: 'sess_1' }]);
    await publish({ ...ADA, firstName: 'Augusta' });
    expect(asked()).toHaveLength(1);
    await publish(memberOf(ADA, 'org:guest'));
    expect(asked()).toHaveLength(2);
    await publish(memberOf(ADA, 'org:lead'));
    expect(asked()).toHaveLength(3);
    await publish(GRACE);
    expect(asked().at(-1)).toEqual({ type: 'list-organizations', sessionId: 'sess_2' });
  });

  test('asks for nobody, and for who has to choose one', async () => {
    const { result } = renderHook(useOrganizationList);
    await publish(null);
    expect(result.current).toMatchObject({ isLoaded: true, userMemberships: { data: [], isLoading: false } });
    expect(asked()).toEqual([]);
    await publish(PENDING_ADA);
    expect(asked()).toHaveLength(1);
    expect(result.current.userMemberships.data).toEqual([MEMBERSHIP]);
  });

  test('never shows another person’s, also not while it waits for an answer', async () => {
    const seen: unknown[] = [];
    renderHook(() => {
      const { data } = useOrganizationList().userMemberships;
      seen.push(data);
    });
    await publish(ADA);
    organizations = never;
    seen.length = 0;
    await publish(GRACE);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((data) => data === undefined)).toBe(true);
  });

  test('keeps what there is while it asks again, and says what went wrong', async () => {
    const { result } = renderHook(useOrganizationList);
    await publish(ADA);
    organizations = () => Promise.reject(new Error('gone'));
    await act(() => result.current.userMemberships.revalidate());
    expect(result.current.userMemberships).toMatchObject({ data: [MEMBERSHIP], isLoading: false });
    expect(result.current.userMemberships.error?.code).toBe('background-stopped');
    organizations = () => [];
    await act(() => result.current.userMemberships.revalidate());
    expect(result.current.userMemberships).toMatchObject({ data: [], error: null });
  });

  test('is loading until the first answer', async () => {
    organizations = never;
    const { result } = renderHook(useOrganizationList);
    await publish(ADA);
    expect(result.current.userMemberships).toMatchObject({ data: undefined, isLoading: true });
  });

  test('takes what Clerk’s own is told of pages, and has all of them on the first one', async () => {
    const { result } = renderHook(() => useOrganizationList({ userMemberships: { infinite: true } }));
    expect(result.current.userMemberships).toMatchObject({ count: 0, isError: false });
    await publish(ADA);
    expect(result.current.userMemberships).toMatchObject({
      count: 1,
      hasNextPage: false,
      hasPreviousPage: false,
      isFetching: false,
      isError: false,
    });
    organizations = () => Promise.reject(new Error('gone'));
    await act(() => result.current.userMemberships.revalidate());
    expect(result.current.userMemberships).toMatchObject({ isFetching: false, isError: true, count: 1 });
    organizations = never;
    await act(async () => void result.current.userMemberships.revalidate());
    expect(result.current.userMemberships).toMatchObject({ isFetching: true, isLoading: false });
  });

  test('makes an organization active', async () => {
    const { result } = renderHook(useOrganizationList);
    await publish(ADA);
    await result.current.setActive({ organization: 'org_1' });
    expect(background.asked.at(-1)).toEqual({ type: 'set-active', organizationId: 'org_1' });
  });
});

describe('useTokenRefresh', () => {
  test('says when the token is over, live, and asks for none by itself', async () => {
    const { result } = renderHook(useTokenRefresh);
    expect(result.current).toMatchObject({ isLoaded: false, expiresAt: null });
    await publish(ADA);
    expect(result.current).toMatchObject({ isLoaded: true, expiresAt: null });
    await act(() => keepTokens([{ sessionId: 'sess_1', claims: { exp: 90 } }]));
    expect(result.current.expiresAt).toEqual(new Date(90_000));
    await act(() => keepTokens([{ sessionId: 'sess_1', claims: { exp: 150 } }]));
    expect(result.current.expiresAt).toEqual(new Date(150_000));
    expect(background.asked).toEqual([{ type: 'get-user' }]);
    await publish(null);
    expect(result.current).toMatchObject({ isLoaded: true, expiresAt: null });
  });

  test('has the background get a new one', async () => {
    const { result } = renderHook(useTokenRefresh);
    await publish(ADA);
    await result.current.refresh();
    expect(background.asked.at(-1)).toEqual({ type: 'get-token', sessionId: 'sess_1', skipCache: true });
  });
});
