import { describe, expect, vi } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import { waitForSignInForm, waitUntilSignedIn } from '../../../../tools/steps/sign-in.ts';
import { ask, askForToken, signIn } from './fixtures.ts';
import { test } from './shared-browser.ts';

byTurns();

const TOKENS = 'POST /v1/client/sessions/:id/tokens';

describe('many who ask', () => {
  test('F3: 1,000 at once on a stopped background need at most 3 requests', async ({
    browser,
    control,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    await control.clearRequests();
    await browser.stopBackground();
    const answers = await page.evaluate(async () => {
      const scope = globalThis as unknown as { browser?: MessagingApi; chrome: MessagingApi };
      interface MessagingApi {
        runtime: { sendMessage(message: unknown): Promise<{ value?: { token: string } }> };
      }
      const { runtime } = scope.browser ?? scope.chrome;
      const asks = Array.from({ length: 1000 }, () => runtime.sendMessage({ type: 'get-token' }));
      return (await Promise.all(asks)).map(({ value }) => value?.token);
    });
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toBeTruthy();
    expect((await control.requests()).length).toBeLessThanOrEqual(3);
  });
});

describe('a Frontend API in trouble', () => {
  test('F4: 5xx is unavailable, never signed out, and over when the server is back', async ({
    browser,
    control,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    await control.addFault({ endpoint: '*', kind: 'status', status: 502, body: '<html>Bad gateway</html>' });
    expect(await ask(page, { type: 'get-token' })).toMatchObject({
      ok: false,
      error: { code: 'unavailable' },
    });
    expect(await ask(page, { type: 'get-user' })).toMatchObject({ ok: true, value: { firstName: 'Ada' } });
    await control.clearFaults();
    await vi.waitUntil(async () => (await ask(page, { type: 'get-token' })).ok, {
      timeout: 15_000,
      interval: 200,
    });
  });

  test('F6–F8: a 401, 404 or 422 while the session lives is an error, not a sign-out', async ({
    browser,
    control,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    for (const status of [401, 404, 422]) {
      await control.addFault({ endpoint: TOKENS, kind: 'status', status, times: 1 });
      const reply = await ask(page, { type: 'get-token', skipCache: true });
      expect(reply, `${status}`).toMatchObject({ ok: false, error: { code: 'refused' } });
      expect(await askForToken(page), `after ${status}`).not.toBeNull();
    }
  });

  test('F7: a session revoked on the server is signed out within one call, in every page', async ({
    browser,
    control,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    const panel = await browser.openPage('sidepanel.html');
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    const [session] = await control.listSessions();
    await control.revokeSession(session?.sessionId ?? '');
    expect(await askForToken(page)).toBeNull();
    await waitForSignInForm(panel);
  });

  test('F9: a blocked account has its own code', async ({ browser, control, instance }) => {
    const page = await signIn(browser, instance);
    await control.updateUser(instance.seededUser.userId, { banned: true });
    expect(await ask(page, { type: 'get-token' })).toMatchObject({
      ok: false,
      error: { code: 'account-blocked' },
    });
  });

  test('F12: a server that never answers is a timeout within 20 s, and the next call succeeds', async ({
    browser,
    control,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    await control.addFault({ endpoint: TOKENS, kind: 'hang' });
    const started = performance.now();
    expect(await ask(page, { type: 'get-token' })).toMatchObject({ ok: false, error: { code: 'timeout' } });
    expect(performance.now() - started).toBeLessThan(20_500);
    await control.clearFaults();
    await vi.waitUntil(async () => (await ask(page, { type: 'get-token' })).ok, {
      timeout: 15_000,
      interval: 200,
    });
  });
});
