import { expect, test, vi } from 'vitest';
import { createSessionAligner } from '../src/ui/clerk/align-session';

type Clerk = Parameters<typeof createSessionAligner>[0];

/** A page's Clerk whose `setActive` takes until it is let go. */
function pageClerk(session: string | null) {
  const gates: (() => void)[] = [];
  const clerk = {
    session: session === null ? null : { id: session },
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

const settle = () => new Promise((resolve) => setTimeout(resolve));

test('a page’s Clerk takes over a sign-in and a sign-out from somewhere else', async () => {
  const { clerk, server, letGo } = pageClerk(null);
  const align = createSessionAligner(clerk as unknown as Clerk, () => {});
  server.session = 'sess_1';
  align('sess_1');
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
  const align = createSessionAligner(clerk as unknown as Clerk, () => {});
  server.session = 'sess_1';
  align('sess_1');
  await settle();
  server.session = null;
  align(null);
  letGo();
  await settle();
  expect(clerk.session).toBeNull();
});

test('asks for help only when Clerk cannot follow the last change', async () => {
  const { clerk } = pageClerk(null);
  clerk.setActive.mockRejectedValue(new Error('404'));
  const onFailure = vi.fn();
  const align = createSessionAligner(clerk as unknown as Clerk, onFailure);
  align('sess_1');
  align(null);
  await settle();
  expect(onFailure).not.toHaveBeenCalled();
  align('sess_2');
  await settle();
  expect(onFailure).toHaveBeenCalledTimes(1);
});
