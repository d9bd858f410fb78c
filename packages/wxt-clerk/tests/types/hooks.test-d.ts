import { expectTypeOf, test } from 'vitest';
import {
  checkAuthorization,
  fetchApi,
  getToken,
  pinSession,
  setActive,
  watchAuth,
  watchSession,
} from '../../src/client/index';
import type { ListedSession, SessionSnapshot, UserSnapshot } from '../../src/messages/protocol';
import type { ShowWhen, UseAuthReturn, UseSessionReturn, UseUserReturn } from '../../src/react/index';
import {
  useAuth,
  useAuthenticatedFetch,
  useOrganization,
  useOrganizationList,
  useSessionList,
  useTokenRefresh,
} from '../../src/react/index';

type SignedIn = Extract<UseAuthReturn, { isSignedIn: true }>;

test('who is signed in narrows what there is', () => {
  expectTypeOf<SignedIn['userId']>().toEqualTypeOf<string>();
  expectTypeOf<SignedIn['orgRole']>().toEqualTypeOf<string | null>();
  expectTypeOf<Extract<UseAuthReturn, { isSignedIn: false }>['sessionClaims']>().toEqualTypeOf<null>();
  expectTypeOf<Extract<UseAuthReturn, { isLoaded: false }>['actor']>().toEqualTypeOf<undefined>();
  type Session = Extract<UseSessionReturn, { isSignedIn: true }>['session'];
  expectTypeOf<Session['lastActiveAt']>().toEqualTypeOf<Date | null>();
  type User = Extract<UseUserReturn, { isSignedIn: true }>['user'];
  expectTypeOf<User['createdAt']>().toEqualTypeOf<Date | null>();
});

test('claims have Clerk’s names, and not the token', () => {
  type Claims = NonNullable<SignedIn['sessionClaims']>;
  expectTypeOf<Claims['sid']>().toEqualTypeOf<string>();
  expectTypeOf<Claims['exp']>().toEqualTypeOf<number>();
  // Any other name is one of a claim that nobody has declared.
  expectTypeOf<Claims['__raw']>().toEqualTypeOf<unknown>();
});

test('each hook is about a session that is named', () => {
  for (const hook of [useAuth, useOrganization, useOrganizationList, useTokenRefresh])
    expectTypeOf(hook).toBeCallableWith({ sessionId: 'sess_1' });
  expectTypeOf(useAuthenticatedFetch).toBeCallableWith({ template: 'notes', sessionId: 'sess_1' });
  expectTypeOf(useOrganizationList).toBeCallableWith({ userMemberships: true });
  expectTypeOf(useOrganizationList).toBeCallableWith({ userMemberships: { infinite: true, pageSize: 5 } });
  // @ts-expect-error: the list is of all sessions
  useSessionList({ sessionId: 'sess_1' });
  // @ts-expect-error: not an option of a token
  useAuthenticatedFetch({ audience: 'api' });
});

test('what is asked of has is one thing', () => {
  const { has } = useAuth();
  expectTypeOf(has({ role: 'org:lead', reverification: 'strict' })).toEqualTypeOf<boolean>();
  // @ts-expect-error: a role or a permission
  has({ role: 'org:lead', permission: 'org:notes:write' });
  // @ts-expect-error: nothing that Clerk knows
  has({ team: 'red' });
  // @ts-expect-error: nothing that Clerk knows
  checkAuthorization({ team: 'red' });
});

test('a condition of Show is a word, a question or a function', () => {
  expectTypeOf<'pending'>().toExtend<ShowWhen>();
  expectTypeOf<{ permission: 'org:notes:write' }>().toExtend<ShowWhen>();
  expectTypeOf<'signed-up'>().not.toExtend<ShowWhen>();
  const when: ShowWhen = (has) => has({ role: 'org:lead' }) && has.orgId !== null;
  expectTypeOf(when).toExtend<ShowWhen>();
});

test('the functions of one session take no other', () => {
  const pinned = pinSession('sess_1');
  expectTypeOf(pinned.getToken).toBeCallableWith({ template: 'notes' });
  // @ts-expect-error: it is pinned
  pinned.getToken({ sessionId: 'sess_2' });
  // @ts-expect-error: it is pinned
  pinned.fetchApi('https://api.example/me', { sessionId: 'sess_2' });
});

test('functions and watchers without React', () => {
  expectTypeOf(getToken({ template: 'notes' })).resolves.toEqualTypeOf<string | null>();
  expectTypeOf(setActive({ organization: null })).resolves.toEqualTypeOf<UserSnapshot | null>();
  expectTypeOf(setActive).toBeCallableWith({ session: {} as ListedSession });
  expectTypeOf(fetchApi).toBeCallableWith('https://api.example/me', { template: 'notes' });
  expectTypeOf(watchSession).parameter(0).parameter(0).toEqualTypeOf<SessionSnapshot | null>();
  expectTypeOf(watchAuth).toBeCallableWith(() => {}, { sessionId: 'sess_1' });
  // @ts-expect-error: not an option
  getToken({ audience: 'api' });
  // @ts-expect-error: nobody is no session
  setActive({ session: null });
});
