import { describe, expect, test, vi } from 'vitest';
import { createAuthService } from '../../entrypoints/background/auth-service';
import type { ClerkClient } from '../../entrypoints/background/clerk-client';
import type { AuthState } from '../../utils/auth-state';
import type { UserSnapshot } from '../../utils/protocol';
import { fakeJwt } from '../support/fake-jwt';

const ADA: UserSnapshot = {
  userId: 'user_1',
  sessionId: 'sess_1',
  organizationId: null,
  firstName: 'Ada',
  lastName: 'Lovelace',
  emailAddress: 'ada@example.com',
  imageUrl: null,
};

const TOKEN = fakeJwt({ exp: 1_795_395_260 });

/** A Clerk client over a Frontend API that is one variable: who is signed in there. */
function world(signedIn: UserSnapshot | null) {
  const server = { user: signedIn };
  let known = signedIn;
  const states: AuthState[] = [];
  const clerk = {
    user: () => known,
    refresh: vi.fn(async () => {
      known = server.user;
    }),
    getToken: vi.fn(async () => (known ? TOKEN : null)),
    signOut: vi.fn(async () => {
      server.user = known = null;
    }),
  } satisfies ClerkClient;
  const loadClerk = vi.fn(async (): Promise<ClerkClient> => {
    known = server.user;
    return clerk;
  });
  const startBackground = () =>
    createAuthService({
      loadClerk,
      readState: async () => states.at(-1) ?? null,
      writeState: async (state) => void states.push(state),
    });
  return { server, clerk, loadClerk, states, startBackground, auth: startBackground() };
}

const apiError = (status: number, retryAfter?: number) =>
  Object.assign(new Error('api'), { status, retryAfter });

describe('the Clerk client', () => {
  test('is not created before a request needs it', () => {
    expect(world(ADA).loadClerk).not.toHaveBeenCalled();
  });

  test('is created once, however many ask at the same time', async () => {
    const { auth, loadClerk } = world(ADA);
    await Promise.all([auth.getToken(), auth.getUser(), auth.getToken(), auth.refresh()]);
    expect(loadClerk).toHaveBeenCalledTimes(1);
  });

  test('a failed creation is shared by those who waited and kept by nobody', async () => {
    const { auth, loadClerk } = world(ADA);
    loadClerk.mockRejectedValueOnce(apiError(503));
    const answers = await Promise.allSettled([auth.getUser(), auth.getUser()]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(loadClerk).toHaveBeenCalledTimes(1);
    expect(await auth.getUser()).toEqual(ADA);
  });

  test('is not created to say who is signed in when that was published before', async () => {
    const { auth, loadClerk, startBackground } = world(ADA);
    await auth.getUser();
    expect(await startBackground().getUser()).toEqual(ADA);
    expect(loadClerk).toHaveBeenCalledTimes(1);
  });
});

describe('get-token', () => {
  test('gives the token and when it ends', async () => {
    expect(await world(ADA).auth.getToken()).toEqual({ token: TOKEN, expiresAt: 1_795_395_260_000 });
  });

  test('is null when nobody is signed in, and then asks nobody', async () => {
    const { auth, clerk } = world(null);
    expect(await auth.getToken()).toBeNull();
    expect(await auth.getToken()).toBeNull();
    expect(clerk.getToken).toHaveBeenCalledTimes(1);
  });

  test.each([401, 403, 404, 422])(
    'a %i for a session that is gone is signed out, not an error',
    async (status) => {
      const { auth, server, clerk, states } = world(ADA);
      await auth.getToken();
      server.user = null;
      clerk.getToken.mockRejectedValueOnce(apiError(status));
      expect(await auth.getToken()).toBeNull();
      expect(states.at(-1)).toEqual({ revision: 2, user: null });
    },
  );

  test('a 401 for a session that is still there is an error', async () => {
    const { auth, clerk, states } = world(ADA);
    clerk.getToken.mockRejectedValueOnce(apiError(401));
    await expect(auth.getToken()).rejects.toMatchObject({ code: 'refused' });
    expect(states.at(-1)?.user).toEqual(ADA);
  });

  test.each([
    [apiError(500), 'unavailable', undefined],
    [apiError(429, 7), 'rate-limited', 7000],
    [new TypeError('Failed to fetch'), 'unavailable', undefined],
  ])('%s is %s and signs nobody out', async (error, code, retryAfterMs) => {
    const { auth, clerk, states } = world(ADA);
    clerk.getToken.mockRejectedValueOnce(error);
    await expect(auth.getToken()).rejects.toMatchObject({ code, retryAfterMs });
    expect(states.at(-1)?.user).toEqual(ADA);
  });

  test('without a network the code is offline', async () => {
    const { auth, loadClerk } = world(ADA);
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    loadClerk.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await expect(auth.getToken()).rejects.toMatchObject({ code: 'offline' });
  });
});

describe('the published state', () => {
  test('changes its revision only when something changed', async () => {
    const { auth, states } = world(ADA);
    await auth.getUser();
    await auth.getToken();
    await auth.refresh();
    expect(states).toEqual([{ revision: 1, user: ADA }]);
  });

  test('follows a sign-in that a page did', async () => {
    const { auth, server, states } = world(null);
    expect(await auth.getUser()).toBeNull();
    server.user = ADA;
    expect(await auth.refresh()).toEqual(ADA);
    expect(states).toEqual([
      { revision: 1, user: null },
      { revision: 2, user: ADA },
    ]);
    expect(await auth.getToken()).not.toBeNull();
  });

  test('a client that was just created is not asked twice', async () => {
    const { auth, clerk } = world(ADA);
    await auth.refresh();
    expect(clerk.refresh).not.toHaveBeenCalled();
    await auth.refresh();
    expect(clerk.refresh).toHaveBeenCalledTimes(1);
  });

  test('follows a sign-out', async () => {
    const { auth, states } = world(ADA);
    await auth.getUser();
    expect(await auth.signOut()).toBeNull();
    expect(states.at(-1)).toEqual({ revision: 2, user: null });
    expect(await auth.getToken()).toBeNull();
    expect(await auth.getUser()).toBeNull();
  });

  test('a sign-out that fails is an error, and the person is still signed in', async () => {
    const { auth, clerk } = world(ADA);
    clerk.signOut.mockRejectedValueOnce(apiError(500));
    await expect(auth.signOut()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await auth.getUser()).toEqual(ADA);
  });
});
