import { expect, test, vi } from 'vitest';
import { createSessionAligner } from '../src/ui/clerk/align-session';
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

const active = (sessionId: string) => ({ sessionId, status: 'active' as const });
const handlers = () => ({ onTrouble: vi.fn(), onStuck: vi.fn() });
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
  const { onTrouble, onStuck } = handlers();
  const align = createSessionAligner(clerk as unknown as Clerk, { onTrouble, onStuck });
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
  const { onTrouble, onStuck } = handlers();
  createSessionAligner(clerk as unknown as Clerk, { onTrouble, onStuck })(null);
  await settle();
  expect(onStuck).toHaveBeenCalledTimes(1);
  expect(onTrouble).not.toHaveBeenCalled();
});
