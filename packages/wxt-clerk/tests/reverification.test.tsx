import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useReverification } from '../src/react';
import { type OpenReverification, ReverificationContext } from '../src/react/reverification';
import { ADA, fakeBackground } from './support/fake-background';

const BOB = { ...ADA, userId: 'user_2', sessionId: 'sess_2' };

const WANTED = { level: 'first_factor', afterMinutes: 10 };
const HINT = {
  clerk_error: { type: 'forbidden', reason: 'reverification-error', metadata: { reverification: WANTED } },
};
const REFUSED = { status: 403, headers: {}, body: HINT };
const DONE = { status: 200, headers: {}, body: 'done' };

let background: ReturnType<typeof fakeBackground>;
let active = ADA;
beforeEach(async () => {
  active = ADA;
  background = fakeBackground({
    'get-user': () => ({ ok: true, value: active }),
    'get-token': { ok: true, value: { token: 'a.b.c', expiresAt: 1 } },
  });
});
afterEach(cleanup);

const tokensAskedFor = () =>
  background.asked.filter((each) => (each as { type: string }).type === 'get-token');

/** The hook in an `AuthScreen` whose dialog ends so, around a fetcher that answers so. */
async function hookWith(
  answers: unknown[],
  open: OpenReverification | null,
  options?: Parameters<typeof useReverification>[1],
) {
  const fetcher = vi.fn(async (_id: string): Promise<unknown> => answers.shift());
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ReverificationContext value={open}>{children}</ReverificationContext>
  );
  const { result } = renderHook(() => useReverification(fetcher, options), { wrapper });
  await act(() => background.publish({ revision: 1, user: ADA }));
  return { fetcher, call: () => result.current('note_1') };
}

describe('useReverification', () => {
  test('asks for a verification, then for a new token, then again', async () => {
    const open = vi.fn(async () => true);
    const { fetcher, call } = await hookWith([REFUSED, DONE], open, { organizationId: 'org_1' });
    expect(await call()).toEqual(DONE);
    expect(open).toHaveBeenCalledExactlyOnceWith(WANTED, 'sess_1');
    expect(fetcher.mock.calls).toEqual([['note_1'], ['note_1']]);
    expect(tokensAskedFor()).toEqual([
      { type: 'get-token', organizationId: 'org_1', sessionId: 'sess_1', skipCache: true },
    ]);
  });

  test.each([
    ['Clerk’s error itself', HINT],
    ['a text, as Clerk’s own helper for servers sends it', { ...REFUSED, body: JSON.stringify(HINT) }],
  ])('understands %s', async (_, refused) => {
    const { call } = await hookWith([refused, DONE], async () => true);
    expect(await call()).toEqual(DONE);
  });

  test('asks once: what is refused again is handed on', async () => {
    const open = vi.fn(async () => true);
    const { call } = await hookWith([REFUSED, REFUSED], open);
    expect(await call()).toEqual(REFUSED);
    expect(open).toHaveBeenCalledTimes(1);
  });

  test.each([true, false])('is not repeated for another account (dialog: %s)', async (isDone) => {
    const { fetcher, call } = await hookWith([REFUSED, DONE], async () => {
      await act(() => background.publish({ revision: 2, user: BOB }));
      return isDone;
    });
    await expect(call()).rejects.toMatchObject({ code: 'signed-out', sent: 'yes' });
    expect(fetcher).toHaveBeenCalledTimes(1);
    expect(tokensAskedFor()).toEqual([]);
  });

  test('is not repeated for another account that this page has not heard of yet', async () => {
    const { fetcher, call } = await hookWith([REFUSED, DONE], async () => {
      active = BOB;
      return true;
    });
    await expect(call()).rejects.toMatchObject({ code: 'signed-out', sent: 'yes' });
    expect(fetcher).toHaveBeenCalledTimes(1);
  });

  test('says that the request was sent also when there is no new token', async () => {
    const { call } = await hookWith([REFUSED, DONE], async () => true);
    const failure = { code: 'offline', message: '' } as const;
    background.answer('get-token', { ok: false, error: failure });
    await expect(call()).rejects.toMatchObject({ code: 'offline', sent: 'yes' });
  });

  test('of a pinned session goes on when another one becomes active', async () => {
    const open = async () => {
      await act(() => background.publish({ revision: 2, user: BOB }));
      return true;
    };
    const { call } = await hookWith([REFUSED, DONE], open, { sessionId: 'sess_1' });
    expect(await call()).toEqual(DONE);
    expect(tokensAskedFor()).toEqual([{ type: 'get-token', sessionId: 'sess_1', skipCache: true }]);
  });

  test('fails when the person closes the dialog', async () => {
    const { fetcher, call } = await hookWith([REFUSED], async () => false);
    await expect(call()).rejects.toMatchObject({ code: 'reverification-cancelled', sent: 'yes' });
    expect(fetcher).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['outside of an AuthScreen', null, undefined],
    ['of a session that Clerk does not have in this page', async () => true, { sessionId: 'sess_2' }],
  ] as const)('hands the 403 on %s', async (_, open, options) => {
    const { fetcher, call } = await hookWith([REFUSED], open, options);
    expect(await call()).toEqual(REFUSED);
    expect(fetcher).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['another 403', { status: 403, headers: {}, body: { error: 'no' } }],
    ['a text', { status: 200, headers: {}, body: 'hello' }],
    ['nothing', null],
  ])('leaves %s alone', async (_, answer) => {
    const open = vi.fn(async () => true);
    const { call } = await hookWith([answer], open);
    expect(await call()).toEqual(answer);
    expect(open).not.toHaveBeenCalled();
  });
});
