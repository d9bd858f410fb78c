import type { ExtensionBrowser, Surface } from 'extension-driver';
import { expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { sized } from '../../../../../tools/test-size.ts';
import { ask, openInNewWindow } from '../fixtures.ts';
import { signInTwo, test, userOf } from './fixtures.ts';

byTurns(1);

const ROUNDS = sized({ usual: 8, matrix: 60 });

/** Notes every text that the page shows from here on. */
async function watchTexts(page: Surface): Promise<void> {
  await page.evaluate(() => {
    const texts = new Set<string>();
    const note = () => texts.add(document.body.textContent ?? '');
    Object.assign(globalThis, { texts });
    note();
    new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

const textsOf = (page: Surface) =>
  page.evaluate(() => [...(globalThis as unknown as { texts: Set<string> }).texts]);

/** Opens a window that shows one session, whoever is active. */
async function openPinned(browser: ExtensionBrowser, from: Surface, sessionId: string, name: string) {
  const window = await openInNewWindow(browser, from, `accounts.html?session=${sessionId}`);
  await window.waitForText(name);
  await window.waitForText(`"sid":"${sessionId}"`);
  await watchTexts(window);
  return window;
}

test('a window that is pinned to one session never shows the other’s data, whatever is chosen elsewhere', {
  timeout: 300_000,
}, async ({ browser, control, instance }) => {
  const [adaUser, charlesUser] = instance.seededPeople;
  const [globex, initech] = instance.seededOrganizations;
  const founded = { name: 'Difference Engines', memberUserIds: [charlesUser.userId] };
  const his = await control.createOrganization(founded);
  const { page, panel, ada, charles } = await signInTwo({ browser, control, instance });
  await panel.close();
  await ask(page, { type: 'set-active', sessionId: ada, organizationId: globex.organizationId });
  const adas = await openPinned(browser, page, ada, 'Ada Lovelace');
  const charless = await openPinned(browser, page, charles, 'Charles Babbage');
  await adas.waitForText('Administration');

  const choices = [
    { sessionId: charles, organizationId: his.organizationId },
    { sessionId: ada },
    { sessionId: charles, organizationId: initech.organizationId },
    { sessionId: ada, organizationId: globex.organizationId },
    { sessionId: charles, organizationId: null },
  ];
  for (let round = 0; round < ROUNDS; round += 1) {
    const choice = choices[round % choices.length];
    // Some are overtaken by the next one.
    const chosen = ask(page, { type: 'set-active', ...choice }).catch(() => null);
    if (round % 3 !== 2) await chosen;
    if (round % 4 === 3) await browser.stopBackground();
    await chosen;
    await ask(page, { type: 'get-token', skipCache: round % 2 === 0 });
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  await ask(page, { type: 'set-active', sessionId: charles });
  await ask(page, { type: 'sign-out', sessionId: charles });
  await charless.waitForText('Nobody is signed in');
  expect(await userOf(page)).toMatchObject({ sessionId: ada });
  await adas.waitForText('Administration');

  const charlessData = [
    charlesUser.userId,
    charles,
    'Charles',
    'Babbage',
    charlesUser.emailAddress,
    founded.name,
  ];
  const adasData = [adaUser.userId, ada, 'Ada', 'Lovelace', adaUser.emailAddress];
  const seen = { adas: await textsOf(adas), charless: await textsOf(charless) };
  expect(seen.charless.length, 'it did show each of them').toBeGreaterThan(3);
  const wrong = (texts: string[], data: string[]) =>
    texts.filter((text) => data.some((part) => text.includes(part)));
  expect(wrong(seen.adas, charlessData)).toEqual([]);
  expect(wrong(seen.charless, adasData)).toEqual([]);
  // Nor was she ever said to be gone, or in another organization than her own.
  expect(
    seen.adas.filter((text) => !text.includes('Ada Lovelace') || !text.includes('Globex org:admin')),
  ).toEqual([]);
});
