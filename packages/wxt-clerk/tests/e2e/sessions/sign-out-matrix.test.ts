import type { ExtensionBrowser, Surface } from 'extension-driver';
import { describe, expect, vi } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { sized } from '../../../../../tools/test-size.ts';
import { ask, askForToken } from '../fixtures.ts';
import { type Trouble, troublesOf } from '../troubles.ts';
import { activeOnServer, claimsOf, codeOf, signInTwo, type Two, test, userOf } from './fixtures.ts';

byTurns();

/** Of one session, and of all. */
const SIGN_OUTS = ['POST /v1/client/sessions/:id/remove', 'DELETE /v1/client/sessions'];

const TROUBLES = troublesOf(SIGN_OUTS);

/** Whose sign-outs are asked for, one right after the other; `null` is all at once. */
const WAYS: Record<string, (two: Two) => (string | null)[]> = {
  'of the active one': ({ charles }) => [charles],
  'of the other one': ({ ada }) => [ada],
  'of both': () => [null],
  'of one and then the other': ({ ada, charles }) => [charles, ada],
};

const ALL = Object.keys(TROUBLES).flatMap((trouble, row) =>
  Object.keys(WAYS).map((way, column) => ({
    trouble,
    way,
    isUsual: column === row % Object.keys(WAYS).length,
  })),
);

// Milliseconds after the messages, `null` at random; tests/background/session-sign-out.test.ts stops after every single step.
const STOPS = sized<(number | null)[]>({ usual: [8], matrix: [0, 8, 60, null] });

describe('a sign-out with the background stopped half-way ends on both sides, and for nobody else', () => {
  const cases = sized({ usual: ALL.filter(({ isUsual }) => isUsual), matrix: ALL });
  test.for(cases)('$way, $trouble', { timeout: 240_000 }, async (row, { browser, control, instance }) => {
    const trouble = TROUBLES[row.trouble] as Trouble;
    for (const stop of STOPS) {
      const stopAfterMs = stop ?? Math.floor(Math.random() * 120);
      const label = `stopped after ${stopAfterMs} ms`;
      const two = await signInTwo({ browser, control, instance });
      const { page, panel, ada, charles } = two;
      await panel.close();
      for (const sessionId of [ada, charles]) await askForToken(page, { sessionId });
      const asked = WAYS[row.way]?.(two) ?? [];
      const staying = [ada, charles].filter((id) => !asked.includes(id) && !asked.includes(null));

      await trouble.begin(browser, control);
      await signOutAndStop(browser, page, asked, stopAfterMs);
      await expectOver(page, two, staying, `${label}, in trouble`);
      await trouble.end(browser, control);
      await browser.stopBackground();
      await expectOver(page, two, staying, label);
      const isTold = async () => (await activeOnServer(control)).join() === staying.join();
      await vi.waitUntil(isTold, { timeout: 10_000, interval: 100 });
      await expectPeace(page, staying, label);
      if (staying.length > 0) await ask(page, { type: 'sign-out' });
      await page.close();
    }
  });
});

async function signOutAndStop(
  browser: ExtensionBrowser,
  page: Surface,
  asked: (string | null)[],
  stopAfterMs: number,
): Promise<void> {
  const signOut = (sessionId: string | null) =>
    ask(page, { type: 'sign-out', ...(sessionId && { sessionId }) });
  const answers = asked.map((each) => signOut(each).catch(() => null));
  await new Promise((resolve) => setTimeout(resolve, stopAfterMs));
  await browser.stopBackground();
  // Without a reply the page asks once more, as `sendMessage` does: the message may never have been read.
  for (const [index, each] of asked.entries()) if (!(await answers[index])) await signOut(each);
}

/** Who signed out has no token, and who stays has theirs. */
async function expectOver(
  page: Surface,
  { ada, charles }: Two,
  staying: string[],
  label: string,
): Promise<void> {
  for (const sessionId of [ada, charles]) {
    if (staying.includes(sessionId))
      expect(await claimsOf(page, { sessionId }), label).toMatchObject({ sid: sessionId });
    else if (staying.length > 0)
      expect(await codeOf(page, { type: 'get-token', sessionId }), label).toBe('not-found');
    else expect(await askForToken(page, { sessionId, throwOnError: false }), label).toBeNull();
  }
  expect((await userOf(page))?.sessionId, label).toBe(staying[0]);
}

/** What the server says changes nothing of it. */
async function expectPeace(page: Surface, staying: string[], label: string): Promise<void> {
  const [sessionId] = staying;
  const reply = await ask(page, { type: 'session-changed' });
  if (sessionId === undefined) return expect(reply, label).toMatchObject({ ok: true, value: null });
  expect(reply, label).toMatchObject({ ok: true, value: { sessionId } });
  expect(await claimsOf(page, { skipCache: true }), label).toMatchObject({ sid: sessionId });
}
