import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { authStore } from '../src/client/auth-store';
import { SessionSync } from '../src/ui/clerk/SessionSync';
import { ADA, fakeBackground } from './support/fake-background';
import { memberOf } from './support/sessions';

type Listener = (resources: object) => void;
const page = vi.hoisted(() => ({ clerk: {} as object }));
vi.mock('@clerk/chrome-extension', () => ({ useClerk: () => page.clerk }));

const session = (id: string, lastActiveOrganizationId: string | null = null) => ({
  id,
  status: 'active',
  lastActiveOrganizationId,
});

let tell: Listener;
beforeEach(() => {
  const clerk = {
    session: null as object | null,
    client: { signedInSessions: [] as object[] },
    clerkjs: { __internal_reloadInitialResources: async () => {} },
    setActive: vi.fn(),
    addListener: (listener: Listener) => {
      tell = listener;
      return () => {};
    },
  };
  page.clerk = clerk;
});
afterEach(cleanup);

/** What this page's Clerk has from now on, and says to who listens. */
async function has(active: ReturnType<typeof session>, others: object[] = []) {
  const client = { signedInSessions: [active, ...others] };
  Object.assign(page.clerk, { session: active, client });
  await act(async () => tell({ client, session: active, user: {} }));
}

async function open(user: typeof ADA, answers: Parameters<typeof fakeBackground>[0] = {}) {
  const value = { ok: true as const, value: user };
  const background = fakeBackground({
    'get-user': value,
    'session-changed': value,
    'set-active': value,
    ...answers,
  });
  await background.publish({ revision: 1, user });
  await authStore.read();
  render(<SessionSync />);
  await act(async () => {});
  await has(session(user.sessionId, user.organizationId));
  background.asked.length = 0;
  return background;
}

describe('what this page’s Clerk does', () => {
  test('is told of a further account when Clerk has taken it over, and not while it is only in the list', async () => {
    const { asked } = await open(ADA);
    await has(session('sess_1'), [session('sess_2')]);
    expect(asked).toEqual([]);
    await has(session('sess_2'), [session('sess_1')]);
    expect(asked).toEqual([{ type: 'session-changed' }]);
  });

  test('is told when an organization was chosen', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    const { asked } = await open(memberOf(ADA, 'org:admin'));
    await has(session('sess_1', 'org_2'));
    expect(asked).toEqual([{ type: 'session-changed' }]);
  });

  test('tells the organization itself in a page without the focus, where Clerk tells nobody', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    const { asked } = await open(memberOf(ADA, 'org:admin'));
    await has(session('sess_1', 'org_2'));
    expect(asked).toEqual([{ type: 'set-active', sessionId: 'sess_1', organizationId: 'org_2' }]);
  });

  test.each(['not-a-member', 'not-found', 'refused'] as const)(
    'is dropped when it is refused for good: %s',
    async (code) => {
      vi.spyOn(document, 'hasFocus').mockReturnValue(false);
      const { asked } = await open(memberOf(ADA, 'org:admin'), {
        'set-active': { ok: false, error: { code, message: '' } },
      });
      await has(session('sess_1', 'org_2'));
      expect(asked.map((message) => (message as { type: string }).type)).toEqual([
        'set-active',
        'session-changed',
      ]);
    },
  );

  test('never takes what it is itself brought to for a choice of the person', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    const { asked, publish } = await open(memberOf(ADA, 'org:admin'));
    const clerk = page.clerk as { setActive: ReturnType<typeof vi.fn> };
    clerk.setActive.mockImplementationOnce(async () => {
      // The background has gone on meanwhile.
      await publish({ revision: 3, user: memberOf(ADA, 'org:admin') });
      await has(session('sess_1', 'org_2'));
    });
    const inOther = { ...memberOf(ADA, 'org:admin'), organizationId: 'org_2' };
    await act(() => publish({ revision: 2, user: inOther }));
    await vi.waitFor(() => expect(clerk.setActive).toHaveBeenCalled());
    await act(async () => {});
    expect(asked.map((message) => (message as { type: string }).type)).not.toContain('set-active');
  });

  test('never tells an organization that it has from the background', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    const { asked, publish } = await open(memberOf(ADA, 'org:admin'));
    await act(() =>
      publish({ revision: 2, user: { ...memberOf(ADA, 'org:admin'), organizationId: 'org_2' } }),
    );
    await has(session('sess_1', 'org_2'));
    expect(asked.filter((message) => (message as { type: string }).type === 'set-active')).toEqual([]);
  });
});

test('another account or organization that the background reports is taken over', async () => {
  const { publish } = await open(ADA);
  const { client, setActive } = page.clerk as { client: { signedInSessions: object[] }; setActive: object };
  client.signedInSessions.push(session('sess_2', 'org_1'));
  await act(() => publish({ revision: 2, user: { ...memberOf(ADA, 'org:admin'), sessionId: 'sess_2' } }));
  await vi.waitFor(() => expect(setActive).toHaveBeenCalledWith({ session: 'sess_2' }));
});

test('a session that a page finds when it is opened, and the background has ended, is followed until it is over', async () => {
  const nobody = { ok: true as const, value: null };
  const { publish } = fakeBackground({ 'get-user': nobody, 'session-changed': nobody });
  await publish({ revision: 1, user: null });
  await authStore.read();
  const { clerkjs } = page.clerk as { clerkjs: { __internal_reloadInitialResources(): Promise<void> } };
  clerkjs.__internal_reloadInitialResources = async () => {
    Object.assign(page.clerk, { session: null });
  };
  render(<SessionSync />);
  await has(session('sess_1'));
  await vi.waitFor(() => expect(page.clerk).toMatchObject({ session: null }));
});
