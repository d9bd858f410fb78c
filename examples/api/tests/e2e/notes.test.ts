import { expect } from 'vitest';
import { decodeJwt } from '../../../../packages/wxt-clerk/src/shared/jwt.ts';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import { ask, askForToken, test as base } from '../../../../tools/e2e/fixtures.ts';
import { chooseOrganization } from '../../../../tools/steps/accounts.ts';
import { type ApiServer, reserveApiOrigin, startApiServer } from '../../../../tools/steps/api-server.ts';
import { addNote } from '../../../../tools/steps/notes.ts';
import { enterPassword, waitUntilSignedIn } from '../../../../tools/steps/sign-in.ts';

byTurns();

const origin = (await reserveApiOrigin()) ?? '';

/** The starter, built for the running API. */
const test = base.extend<{ variables: Record<string, string>; api: ApiServer }>({
  variables: { WXT_API_ORIGINS: origin },
  api: async ({ browser, instance, control }, use) => {
    const { extensionOrigin } = browser;
    const api = await startApiServer({ emulator: { ...instance, control }, origin, extensionOrigin });
    await use(api);
    await api.close();
  },
});

test('notes are kept by the API for a person and an organization, and what it writes of the person is in the next token', async ({
  browser,
  control,
  instance,
  api: _,
}) => {
  await control.configure({
    organizations: true,
    sessionTokenClaims: { metadata: '{{user.public_metadata}}' },
  });
  const panel = await browser.openPage('sidepanel.html');
  await enterPassword(panel, instance.seededUser);
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  await panel.waitForText('No notes yet.');
  await addNote(panel, 'Ask Charles about the Bernoulli numbers');
  await panel.click({ role: 'button', name: /Delete the note/ });
  await panel.waitForText('No notes yet.');

  const request = { url: `${origin}/me/metadata`, method: 'PATCH', body: { theme: 'dark' } };
  expect(await ask(panel, { type: 'fetch-api', ...request })).toMatchObject({
    value: { status: 200, body: { publicMetadata: { theme: 'dark' } } },
  });
  const { token = '' } = (await askForToken(panel, { skipCache: true })) ?? {};
  expect(decodeJwt(token)).toMatchObject({ metadata: { theme: 'dark' } });
  await ask(panel, { type: 'session-changed' });
  expect(await ask(panel, { type: 'get-user' })).toMatchObject({
    value: { publicMetadata: { theme: 'dark' } },
  });

  await chooseOrganization(panel, /Globex/);
  await panel.waitForText('Notes of Globex');
  await addNote(panel, 'Order more punched cards');
  await panel.waitForText('Notes in this organization: 1');
  await panel.click({ role: 'button', name: /Delete the note/ });
  await panel.waitForText('Notes in this organization: 0');
});
