import { type EmulatorControl, type NewUser, type SettingsPatch, totpCode } from 'clerk-emulator';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import { expect, vi } from 'vitest';
import { enterCode, waitUntilSignedIn } from '../../../../../tools/steps/sign-in.ts';
import { ask } from '../fixtures.ts';
import { GRACE, SECRET } from '../flows/people.ts';
import { CHOICES, openProvider, personWith } from './provider.ts';

/** The extension in a real browser, the server behind it, and the place where a person signs in. */
export interface Stage {
  browser: ExtensionBrowser;
  control: EmulatorControl;
  /** The address that providers come back to. */
  callback: string;
  /** Opens the place, or opens it again. */
  open(): Promise<Surface>;
}

/** One way in which a sign-in with a provider may go, from the click to what the person sees. */
export interface Outcome {
  settings?: SettingsPatch;
  people?: NewUser[];
  /** Firefox alone lets people take a host away that the manifest asks for. */
  isOfFirefox?: boolean;
  act(stage: Stage): Promise<void>;
}

const isAda = (page: Surface) => waitUntilSignedIn(page, 'Ada Lovelace');

/** What went wrong is no dead end: the next try from the same page signs in. */
async function tryAgain({ browser }: Stage, page: Surface): Promise<void> {
  const provider = await openProvider(browser, page);
  await provider.click(CHOICES.ada);
  await isAda(page);
}

async function expectNobody(page: Surface): Promise<void> {
  expect(await ask(page, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
}

/** The provider's answer was taken to the server, by whichever page or background was there. */
async function waitForAnswer(control: EmulatorControl): Promise<void> {
  const isTaken = async () =>
    (await control.requests()).some(({ query }) => query.rotating_token_nonce !== undefined);
  await vi.waitUntil(isTaken, { timeout: 10_000 });
}

export const OUTCOMES: Record<string, Outcome> = {
  'an existing person': {
    async act({ browser, open }) {
      const page = await open();
      const provider = await openProvider(browser, page);
      await provider.click(CHOICES.ada);
      await isAda(page);
      expect(await provider.isOpen()).toBe(false);
    },
  },
  'a new person': {
    async act({ browser, open }) {
      const page = await open();
      const provider = await openProvider(browser, page);
      await provider.click(CHOICES.newPerson);
      await waitUntilSignedIn(page, 'New Comer');
    },
  },
  'a person who denies it': {
    async act(stage) {
      const page = await stage.open();
      const provider = await openProvider(stage.browser, page);
      await provider.click(CHOICES.deny);
      await page.waitForText(/access|denied|grant/i);
      await expectNobody(page);
      await tryAgain(stage, page);
    },
  },
  'a window that is closed': {
    async act(stage) {
      const page = await stage.open();
      const provider = await openProvider(stage.browser, page);
      await provider.close();
      await page.waitForText('The provider’s window was closed before you were signed in. Try again.');
      await expectNobody(page);
      await tryAgain(stage, page);
    },
  },
  'a second factor': {
    settings: { secondFactors: ['totp', 'backup_code'] },
    people: [{ ...GRACE, totpSecret: SECRET }],
    async act({ browser, open }) {
      const page = await open();
      const provider = await openProvider(browser, page);
      await provider.click(personWith(GRACE));
      await page.waitForText('Two-step verification');
      await enterCode(page, totpCode(SECRET));
      await waitUntilSignedIn(page, 'Grace Hopper');
    },
  },
  'a page that is closed meanwhile': {
    async act({ browser, open }) {
      const witness = await browser.openPage('own-page.html');
      const page = await open();
      const provider = await openProvider(browser, page);
      await page.close();
      await provider.click(CHOICES.ada);
      await witness.waitForText('Signed in as Ada Lovelace.');
      await isAda(await open());
    },
  },
  'a page that is closed over a second factor': {
    settings: { secondFactors: ['totp', 'backup_code'] },
    people: [{ ...GRACE, totpSecret: SECRET }],
    async act({ browser, control, open }) {
      const page = await open();
      const provider = await openProvider(browser, page);
      await page.close();
      await provider.click(personWith(GRACE));
      await waitForAnswer(control);
      const again = await open();
      await again.waitForText('Two-step verification');
      await enterCode(again, totpCode(SECRET));
      await waitUntilSignedIn(again, 'Grace Hopper');
    },
  },
  'a background that is stopped before': {
    async act({ browser, open }) {
      const page = await open();
      await page.waitForText('Google');
      await browser.stopBackground();
      const provider = await openProvider(browser, page);
      await provider.click(CHOICES.ada);
      await isAda(page);
    },
  },
  'a background that is stopped while the provider’s page is open': {
    async act({ browser, open }) {
      const page = await open();
      const provider = await openProvider(browser, page);
      await browser.stopBackground();
      await provider.click(CHOICES.ada);
      await isAda(page);
    },
  },
  'a background that is stopped after the provider’s page': {
    async act(stage) {
      const { browser, control, open } = stage;
      const page = await open();
      const provider = await openProvider(browser, page);
      await control.addFault({ endpoint: 'GET /v1/client/sign_ins/:id', kind: 'hang', times: 1 });
      await provider.click(CHOICES.ada);
      await waitForAnswer(control);
      await browser.stopBackground();
      await control.clearFaults();
      // The server may have taken the nonce, or not; who is told that it failed tries again.
      const end = await page.waitFor(
        () =>
          document.querySelector('.wxt-clerk-profile-name')?.textContent ??
          document.querySelector('[role="alert"]')?.textContent,
      );
      if (end === 'Ada Lovelace') return;
      await tryAgain(stage, page);
    },
  },
  'a network that is gone at the callback': {
    async act({ browser, control, open }) {
      const page = await open();
      const provider = await openProvider(browser, page);
      await control.addFault({ endpoint: 'GET /v1/client/sign_ins/:id', kind: 'drop' });
      await control.addFault({ endpoint: 'GET /v1/client', kind: 'drop' });
      await provider.click(CHOICES.ada);
      await page.waitForText('The sign-in service cannot be reached. Try again in a moment.');
      await control.clearFaults();
      // The server has taken the provider's word, and says so at the next click.
      await page.click({ role: 'button', name: /Google/ });
      await isAda(page);
    },
  },
  'a second attempt in another page': {
    async act({ browser, open }) {
      const page = await open();
      const older = await openProvider(browser, page);
      const other = await browser.openPage('popup.html');
      const newer = await openProvider(browser, other, 'GitHub');
      expect(await older.isOpen()).toBe(false);
      await newer.click(CHOICES.ada);
      await isAda(other);
      // A popup has gone with the new tab.
      if (await page.isOpen()) await isAda(page);
    },
  },
  'a permission that was taken away, which Firefox lets people do': {
    isOfFirefox: true,
    async act(stage) {
      const { browser, callback, open } = stage;
      const own = await browser.openPage('own-page.html');
      await own.evaluate(removeHost, `${callback}*`);
      const page = await open();
      await page.click({ role: 'button', name: /Google/ });
      await page.waitForText('The extension may not reach the sign-in service. Allow it to, and go on.');
      await expectNobody(page);
      await page.click({ role: 'button', name: 'Allow access' });
      await tryAgain(stage, page);
    },
  },
};

interface PermissionsApi {
  permissions: { remove(what: { origins: string[] }): Promise<boolean> };
}

function removeHost(origin: string): Promise<boolean> {
  return (globalThis as unknown as { browser: PermissionsApi }).browser.permissions.remove({
    origins: [origin],
  });
}
