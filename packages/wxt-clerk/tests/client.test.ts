import { describe, expect, test, vi } from 'vitest';
import { fetchApi, getToken, getUser, MessageError, signOut, watchAuth } from '../src/client/index';
import { ADA, fakeBackground, PENDING_ADA } from './support/fake-background';

const never = () => new Promise<never>(() => {});
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('without React', () => {
  test('a token, or null when nobody is signed in', async () => {
    fakeBackground({ 'get-token': { ok: true, value: { token: 'a.b.c', expiresAt: 1 } } });
    expect(await getToken()).toBe('a.b.c');
    fakeBackground({ 'get-token': { ok: true, value: null } });
    expect(await getToken()).toBeNull();
  });

  test('an error of the background is thrown with its code', async () => {
    fakeBackground({ 'get-token': { ok: false, error: { code: 'offline', message: '' } } });
    const error = await getToken().catch((reason) => reason);
    expect(error).toBeInstanceOf(MessageError);
    expect(error.code).toBe('offline');
  });

  test('the person, a sign-out and a request to the API', async () => {
    const { asked } = fakeBackground({
      'get-user': { ok: true, value: ADA },
      'sign-out': { ok: true, value: null },
      'fetch-api': { ok: true, value: { status: 204, headers: {}, body: null } },
    });
    expect(await getUser()).toEqual(ADA);
    await signOut();
    const answer = await fetchApi('https://api.example.com/notes', { method: 'POST', body: { a: 1 } });
    expect(answer.status).toBe(204);
    expect(asked.at(-1)).toMatchObject({ type: 'fetch-api', method: 'POST', body: { a: 1 } });
  });

  test('watchAuth tells the state now and every change, until it is stopped', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    const onChange = vi.fn();
    await publish({ revision: 1, user: null });
    const stop = watchAuth(onChange);
    await settled();
    await publish({ revision: 2, user: ADA });
    expect(onChange.mock.calls).toEqual([
      [{ isSignedIn: false, user: null }],
      [{ isSignedIn: true, user: ADA }],
    ]);
    stop();
    await publish({ revision: 3, user: null });
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  test('watchAuth tells of a person with a task left', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    const onChange = vi.fn();
    const stop = watchAuth(onChange);
    for (const [index, user] of [null, PENDING_ADA, ADA].entries())
      await publish({ revision: index + 1, user });
    expect(onChange.mock.calls.map(([auth]) => auth)).toEqual([
      { isSignedIn: false, user: null },
      { isSignedIn: false, user: null, pending: PENDING_ADA },
      { isSignedIn: true, user: ADA },
    ]);
    stop();
  });

  test('watchAuth tells at once what is known already', async () => {
    const { publish } = fakeBackground({ 'get-user': never });
    await publish({ revision: 1, user: ADA });
    watchAuth(() => {});
    await settled();
    const onChange = vi.fn();
    watchAuth(onChange);
    expect(onChange).toHaveBeenCalledExactlyOnceWith({ isSignedIn: true, user: ADA });
  });
});
