import { act, cleanup, render, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SessionSnapshot } from '../src/messages/protocol';
import {
  PinnedSession,
  Show,
  useAuth,
  useAuthenticatedFetch,
  useOrganization,
  useSession,
  useUser,
} from '../src/react/index';
import { ADA, fakeBackground } from './support/fake-background';
import { keepTokens, memberOf, sessionOf } from './support/sessions';

const GRACE = {
  ...memberOf(ADA, 'org:lead'),
  userId: 'user_2',
  sessionId: 'sess_2',
  firstName: 'Grace',
  lastName: 'Hopper',
};
const BOTH = [sessionOf(ADA), sessionOf(GRACE)];

let background: ReturnType<typeof fakeBackground>;
beforeEach(() => {
  background = fakeBackground({
    'get-user': () => new Promise(() => {}),
    'get-token': { ok: true, value: { token: 'a.b.c', expiresAt: 1 } },
    'sign-out': { ok: true, value: null },
    'fetch-api': { ok: true, value: { status: 200, headers: {}, body: null } },
  });
});
afterEach(cleanup);

let revision = 0;
const publish = (user: typeof ADA | null, sessions: SessionSnapshot[]) =>
  act(async () => {
    revision += 1;
    await background.publish({ revision, user, sessions });
  });

/** Everything that a window shows of the person. */
function Window() {
  const { userId, sessionId, orgRole } = useAuth();
  const { user } = useUser();
  const { session } = useSession();
  const { organization } = useOrganization();
  const facts = [userId, sessionId, orgRole, user?.firstName, session?.id, organization?.name];
  return (
    <>
      {facts.join(' ')}
      <Show when={{ role: 'org:lead' }} fallback=" no lead">
        {' lead'}
      </Show>
    </>
  );
}

const OF_ADA = 'user_1 sess_1  Ada sess_1  no lead';
const NOBODY = '      no lead';
const OF_GRACE = 'user_2 sess_2 org:lead Grace sess_2 Engines lead';

test('a window shows its own account, whichever becomes active elsewhere', async () => {
  const { container } = render(
    <>
      <p>
        <PinnedSession sessionId="sess_1">
          <Window />
        </PinnedSession>
      </p>
      <p>
        <PinnedSession sessionId="sess_2">
          <Window />
        </PinnedSession>
      </p>
      <p>
        <Window />
      </p>
    </>,
  );
  const shown = () => [...container.querySelectorAll('p')].map((each) => each.textContent);
  await publish(ADA, BOTH);
  expect(shown()).toEqual([OF_ADA, OF_GRACE, OF_ADA]);
  await publish(GRACE, BOTH);
  expect(shown()).toEqual([OF_ADA, OF_GRACE, OF_GRACE]);
  await publish(GRACE, [sessionOf(GRACE)]);
  expect(shown()).toEqual([NOBODY, OF_GRACE, OF_GRACE]);
});

test('is not loaded before the sessions are known', async () => {
  let auth: ReturnType<typeof useAuth> | undefined;
  function Probe() {
    auth = useAuth({ sessionId: 'sess_2' });
    return null;
  }
  render(<Probe />);
  expect(auth).toMatchObject({ isLoaded: false });
  await publish(ADA, BOTH);
  expect(auth).toMatchObject({ isLoaded: true, userId: 'user_2' });
  await publish(ADA, [sessionOf(ADA), sessionOf(GRACE, { status: 'ended' })]);
  expect(auth).toMatchObject({ isLoaded: true, isSignedIn: false, sessionStatus: null });
});

test('everything that is done in it is done with its session', async () => {
  let done: Promise<unknown> | undefined;
  function Worker() {
    const { getToken, signOut } = useAuth();
    const fetchApi = useAuthenticatedFetch({ template: 'notes' });
    const work = async () => {
      await getToken();
      await fetchApi('https://api.example.com/');
      await signOut();
    };
    return (
      <button
        type="button"
        onClick={() => {
          done = work();
        }}
      >
        work
      </button>
    );
  }
  const { getByRole } = render(
    <PinnedSession sessionId="sess_2">
      <Worker />
    </PinnedSession>,
  );
  await publish(ADA, BOTH);
  getByRole('button').click();
  await done;
  expect(background.asked.slice(1)).toEqual([
    { type: 'get-token', sessionId: 'sess_2' },
    {
      type: 'fetch-api',
      method: 'GET',
      url: 'https://api.example.com/',
      template: 'notes',
      sessionId: 'sess_2',
    },
    { type: 'sign-out', sessionId: 'sess_2' },
  ]);
});

test('a session that is named counts before that of the window', async () => {
  const { result } = renderHook(() => ({ auth: useAuth(), fetchApi: useAuthenticatedFetch() }), {
    wrapper: ({ children }) => <PinnedSession sessionId="sess_2">{children}</PinnedSession>,
  });
  await publish(ADA, BOTH);
  const { auth, fetchApi } = result.current;
  const named = { sessionId: 'sess_1' };
  await auth.getToken(named);
  await fetchApi('https://api.example.com/', named);
  await auth.signOut(named);
  expect(background.asked.slice(1)).toMatchObject([
    { type: 'get-token', ...named },
    { type: 'fetch-api', ...named },
    { type: 'sign-out', ...named },
  ]);
});

test('its claims are those of its session', async () => {
  let plan: unknown;
  function Probe() {
    plan = useAuth().sessionClaims?.plan;
    return null;
  }
  render(
    <PinnedSession sessionId="sess_2">
      <Probe />
    </PinnedSession>,
  );
  await publish(ADA, BOTH);
  await act(() =>
    keepTokens([
      { sessionId: 'sess_1', claims: { plan: 'free' } },
      { sessionId: 'sess_2', organizationId: 'org_1', claims: { plan: 'pro' } },
    ]),
  );
  expect(plan).toBe('pro');
});

test('a hook’s own sessionId counts before that of the window', async () => {
  let name: string | null | undefined;
  function Probe() {
    name = useUser({ sessionId: 'sess_1' }).user?.firstName;
    return null;
  }
  render(
    <PinnedSession sessionId="sess_2">
      <Probe />
    </PinnedSession>,
  );
  await publish(GRACE, BOTH);
  expect(name).toBe('Ada');
});
