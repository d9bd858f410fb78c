import { expect, test, vi } from 'vitest';
import { createSessionAligner, isTakingOver } from '../src/ui/clerk/align-session';
import type { Trouble } from '../src/ui/clerk/trouble';

type Clerk = Parameters<typeof createSessionAligner>[0];

/** A page's Clerk whose `setActive` takes until it is let go. */
function pageClerk(session: string | null) {
  const gates: (() => void)[] = [];
  const clerk = {
    session: session === null ? null : { id: session },
    get client() {
      return { signedInSessions: server.session === null ? [] : [{ id: server.session }] };
    },
    clerkjs: {
      // Clerk follows a lost session by itself, and never picks up a new one.
      __internal_reloadInitialResources: vi.fn(async () => {
        if (clerk.session && clerk.session.id !== server.session) clerk.session = null;
      }),
    },
    setActive: vi.fn(async ({ session: id }: { session: string }) => {
      await new Promise<void>((resolve) => gates.push(resolve));
      clerk.session = { id };
    }),
  };
  const server = { session };
  return { clerk, server, letGo: () => gates.shift()?.() };
}

const active = (sessionId: string, organizationId: string | null = null) => ({
  sessionId,
  status: 'active' as const,
  organizationId,
});
const handlers = () => ({ onTrouble: vi.fn(), onStuck: vi.fn(), hasCredential: vi.fn(async () => false) });
const settle = () => new Promise((resolve) => setTimeout(resolve));

test('a page’s Clerk takes over a sign-in and a sign-out from somewhere else', async () => {
  const { clerk, server, letGo } = pageClerk(null);
  const align = createSessionAligner(clerk as unknown as Clerk, handlers());
  server.session = 'sess_1';
  align(active('sess_1'));
  await settle();
  letGo();
  await settle();
  expect(clerk.session).toEqual({ id: 'sess_1' });
  server.session = null;
  align(null);
  await settle();
  expect(clerk.session).toBeNull();
});

test('a sign-out while the sign-in is still being taken over is not overtaken by it', async () => {
  const { clerk, server, letGo } = pageClerk(null);
  const align = createSessionAligner(clerk as unknown as Clerk, handlers());
  server.session = 'sess_1';
  align(active('sess_1'));
  await settle();
  server.session = null;
  align(null);
  letGo();
  await settle();
  expect(clerk.session).toBeNull();
});

test('says while it takes a session over, and not before or after', async () => {
  const { clerk, server, letGo } = pageClerk(null);
  server.session = 'sess_1';
  createSessionAligner(clerk as unknown as Clerk, handlers())(active('sess_1'));
  expect(isTakingOver()).toBe(false);
  await settle();
  expect(isTakingOver()).toBe(true);
  letGo();
  await settle();
  expect(isTakingOver()).toBe(false);
});

test('a task of the session that was done somewhere else is asked for, and the session not set again', async () => {
  const { clerk } = pageClerk('sess_1');
  Object.assign(clerk.session ?? {}, { status: 'pending' });
  clerk.clerkjs.__internal_reloadInitialResources.mockImplementationOnce(async () => {
    Object.assign(clerk.session ?? {}, { status: 'active' });
  });
  const align = createSessionAligner(clerk as unknown as Clerk, handlers());
  align(active('sess_1'));
  await settle();
  expect(clerk.session).toEqual({ id: 'sess_1', status: 'active' });
  align(active('sess_1'));
  await settle();
  expect(clerk.clerkjs.__internal_reloadInitialResources, 'once').toHaveBeenCalledTimes(1);
  expect(clerk.setActive).not.toHaveBeenCalled();
});

test('tells of what it cannot do only when that is still wanted, and tries it again', async () => {
  const { clerk, server, letGo } = pageClerk(null);
  const { onTrouble, onStuck, hasCredential } = handlers();
  const align = createSessionAligner(clerk as unknown as Clerk, { onTrouble, onStuck, hasCredential });
  clerk.clerkjs.__internal_reloadInitialResources.mockRejectedValueOnce(new Error('503'));
  align(active('sess_1'));
  align(null);
  await settle();
  expect(onTrouble.mock.lastCall).toEqual([null]);

  align(active('sess_2'));
  await settle();
  const [{ error, retry }] = onTrouble.mock.lastCall as [Trouble];
  expect(error.code).toBe('unavailable');
  expect(clerk.setActive, 'an answer without the session is no news of it').not.toHaveBeenCalled();
  server.session = 'sess_2';
  retry();
  await settle();
  letGo();
  await settle();
  expect(clerk.session).toEqual({ id: 'sess_2' });
  expect(onTrouble.mock.lastCall).toEqual([null]);
  expect(onStuck).not.toHaveBeenCalled();
});

test('asks for help when Clerk keeps a session that was signed out', async () => {
  const { clerk } = pageClerk('sess_1');
  const { onTrouble, ...others } = handlers();
  createSessionAligner(clerk as unknown as Clerk, { onTrouble, ...others })(null);
  await settle();
  expect(others.onStuck).toHaveBeenCalledTimes(1);
  expect(onTrouble).not.toHaveBeenCalled();
});

test('waits for a sign-out that the server has not heard of: a page that is loaded anew would have the session again', async () => {
  const { clerk, server } = pageClerk('sess_1');
  const { onTrouble, onStuck, hasCredential } = handlers();
  hasCredential.mockResolvedValue(true);
  createSessionAligner(clerk as unknown as Clerk, { onTrouble, onStuck, hasCredential })(null);
  await settle();
  const [{ error, retry }] = onTrouble.mock.lastCall as [Trouble];
  expect(error.code).toBe('unavailable');
  server.session = null;
  retry();
  await settle();
  expect(clerk.session).toBeNull();
  expect(onTrouble.mock.lastCall).toEqual([null]);
  expect(onStuck).not.toHaveBeenCalled();
});

/** A page's Clerk with several sessions, as its server has them, each in its organization. */
function multiSessionClerk(organizations: Record<string, string | null>, first: string) {
  const touched: string[] = [];
  const sessions = () =>
    Object.entries(server).map(([id, lastActiveOrganizationId]) => ({
      id,
      status: 'active',
      lastActiveOrganizationId,
      touch: async () => touched.push(id),
    }));
  const server = { ...organizations };
  const clerk = {
    client: { signedInSessions: sessions() },
    session: {} as { id: string; lastActiveOrganizationId: string | null } | null,
    clerkjs: {
      __internal_reloadInitialResources: async () => {
        clerk.client = { signedInSessions: sessions() };
        clerk.session = find(clerk.session?.id);
      },
    },
    // As Clerk's in a page that has the focus.
    setActive: vi.fn(
      async ({ session: id, organization }: { session: string; organization?: string | null }) => {
        const session = find(id);
        if (session && organization !== undefined) session.lastActiveOrganizationId = organization;
        await session?.touch();
        clerk.session = session;
      },
    ),
  };
  const find = (wanted: string | undefined) =>
    clerk.client.signedInSessions.find(({ id }) => id === wanted) ?? null;
  clerk.session = find(first);
  return { clerk, server, touched, align: createSessionAligner(clerk as unknown as Clerk, handlers()) };
}

test('a page’s Clerk follows to another account, and tells the server nothing that the background may have changed again', async () => {
  const { clerk, touched, align } = multiSessionClerk({ sess_1: null, sess_2: 'org_2' }, 'sess_1');
  align(active('sess_2', 'org_2'));
  await settle();
  expect(clerk.setActive).toHaveBeenCalledWith({ session: 'sess_2' });
  expect(clerk.session).toMatchObject({ id: 'sess_2', lastActiveOrganizationId: 'org_2' });
  expect(touched).toEqual([]);
  await clerk.setActive({ session: 'sess_1' });
  expect(touched, 'what the person chooses in Clerk’s own screens is told as ever').toEqual(['sess_1']);
});

test('a page’s Clerk follows to another organization', async () => {
  const { clerk, server, align } = multiSessionClerk({ sess_1: 'org_1' }, 'sess_1');
  server.sess_1 = 'org_2';
  align(active('sess_1', 'org_2'));
  await settle();
  expect(clerk.session?.lastActiveOrganizationId).toBe('org_2');
  expect(clerk.setActive, 'the answer has it').not.toHaveBeenCalled();
  align(active('sess_1', null));
  await settle();
  expect(clerk.setActive).toHaveBeenLastCalledWith({ session: 'sess_1', organization: null });
});

test('the session that is left when the active one was signed out becomes that of the page', async () => {
  const { clerk, server, align } = multiSessionClerk({ sess_1: null, sess_2: null }, 'sess_1');
  delete server.sess_1;
  align(active('sess_2'));
  await settle();
  expect(clerk.session?.id).toBe('sess_2');
});

test('gives way to another account that is wanted while it still asks for the first', async () => {
  const { clerk, align } = multiSessionClerk({ sess_1: null, sess_2: null, sess_3: null }, 'sess_1');
  const reload = clerk.clerkjs.__internal_reloadInitialResources;
  let answer = () => {};
  clerk.clerkjs.__internal_reloadInitialResources = () =>
    new Promise((resolve) => {
      clerk.clerkjs.__internal_reloadInitialResources = reload;
      answer = () => resolve(reload());
    });
  align(active('sess_2'));
  await settle();
  align(active('sess_3'));
  answer();
  await settle();
  expect(clerk.setActive.mock.calls).toEqual([[{ session: 'sess_3' }]]);
});
