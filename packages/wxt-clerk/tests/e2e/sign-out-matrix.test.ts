import type { EmulatorControl } from 'clerk-emulator';
import { describe, expect, vi } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import { sized } from '../../../../tools/test-size.ts';
import { ask, askForToken, signIn } from './fixtures.ts';
import { test } from './shared-browser.ts';
import { troublesOf } from './troubles.ts';

byTurns();

const SIGN_OUT = 'DELETE /v1/client/sessions';

const TROUBLES = troublesOf([SIGN_OUT]);

// Milliseconds after the message; tests/background/sign-out.test.ts stops after every single step.
const STOPS = sized({ usual: [8], matrix: [0, 8, 60] });

describe('F14: a sign-out with the background stopped half-way ends on both sides', () => {
  test.for(Object.entries(TROUBLES))('%s', async ([, trouble], { browser, control, instance }) => {
    for (const stopAfterMs of STOPS) {
      const page = await signIn(browser, instance);
      await askForToken(page);
      await trouble.begin(browser, control);
      const answered = ask(page, { type: 'sign-out' }).catch(() => null);
      await new Promise((resolve) => setTimeout(resolve, stopAfterMs));
      await browser.stopBackground();
      // Without a reply the page asks once more, as `sendMessage` does: the message may never have been read.
      if (!(await answered)) await ask(page, { type: 'sign-out' });
      expect(await askForToken(page), `${stopAfterMs} ms, in trouble`).toBeNull();

      await trouble.end(browser, control);
      await browser.stopBackground();
      expect(await ask(page, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
      await vi.waitUntil(async () => (await activeSessions(control)) === 0, {
        timeout: 10_000,
        interval: 100,
      });
      expect(await ask(page, { type: 'session-changed' })).toMatchObject({ ok: true, value: null });
      await page.close();
    }
  });
});

async function activeSessions(control: EmulatorControl): Promise<number> {
  return (await control.listSessions()).filter(({ status }) => status === 'active').length;
}
