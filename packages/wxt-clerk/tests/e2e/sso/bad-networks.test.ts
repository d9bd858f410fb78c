import type { EmulatorControl, Fault } from 'clerk-emulator';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import { describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { waitUntilSignedIn } from '../../../../../tools/steps/sign-in.ts';
import { sized } from '../../../../../tools/test-size.ts';
import { sharedBrowserTest } from '../shared-browser.ts';
import { CHOICES, callbackOf, countNonces, openProvider, setUpProviders } from './provider.ts';

byTurns();

const test = sharedBrowserTest({ variables: { WXT_CLERK_SSO: 'true' } });

const UNREACHABLE = 'The sign-in service cannot be reached. Try again in a moment.';
const TOO_MANY = 'Too many requests. Wait a moment and try again.';

/** Somebody else's sign-in, as some cache may have kept it. */
const OTHERS = { object: 'sign_in_attempt', id: 'sia_of_somebody_else', status: 'complete' };

/** What may come instead of the server's answer to the nonce, and what is said where nothing else comes. */
const ANSWERS: [string, Partial<Fault>, string][] = [
  [
    'a captive portal’s page',
    { status: 200, body: '<!doctype html><title>Log in to the network</title>' },
    UNREACHABLE,
  ],
  ['a redirect', { status: 302, body: '' }, UNREACHABLE],
  ['an empty answer', { status: 200, body: '' }, UNREACHABLE],
  ['no news', { status: 200 }, UNREACHABLE],
  [
    'somebody else’s answer',
    { status: 200, body: JSON.stringify({ response: OTHERS, client: null }) },
    UNREACHABLE,
  ],
  ['a rate limit', { status: 429, retryAfterSeconds: 1 }, TOO_MANY],
];

/** The provider has let somebody in, and the server's answer to that is another one. */
async function comeBackTo(
  answer: Partial<Fault>,
  endpoints: string[],
  { browser, control, panel }: { browser: ExtensionBrowser; control: EmulatorControl; panel: Surface },
): Promise<void> {
  const provider = await openProvider(browser, panel);
  for (const endpoint of endpoints) await control.addFault({ endpoint, kind: 'status', ...answer });
  await provider.click(CHOICES.ada);
}

const NONCE = 'GET /v1/client/sign_ins/:id';
const CLIENT = 'GET /v1/client';

// The first is no answer of Clerk's, the last one is.
const USUAL = [ANSWERS.at(0), ANSWERS.at(-1)].filter((answer) => answer !== undefined);

describe.each(sized({ usual: USUAL, matrix: ANSWERS }))('%s to the nonce', (_, answer, sentence) => {
  test('loses nobody, and the nonce is sent once', async ({ browser, control, extensionPath }) => {
    await setUpProviders(control, await callbackOf(extensionPath));
    const panel = await browser.openPage('sidepanel.html');
    await comeBackTo(answer, [NONCE], { browser, control, panel });
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    expect(await countNonces(control)).toBe(1);
  });

  test('and to what is asked after it is said once, and the next try signs in', async ({
    browser,
    control,
    extensionPath,
  }) => {
    await setUpProviders(control, await callbackOf(extensionPath));
    const panel = await browser.openPage('sidepanel.html');
    await comeBackTo(answer, [NONCE, CLIENT], { browser, control, panel });
    await panel.waitForText(sentence);
    const alerts = () => panel.evaluate(() => document.querySelectorAll('[role="alert"]').length);
    expect(await alerts()).toBe(1);
    expect(await countNonces(control)).toBe(1);
    await control.clearFaults();
    await panel.click({ role: 'button', name: /Google/ });
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    expect(await countNonces(control)).toBe(1);
  });
});
