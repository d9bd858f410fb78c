import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ExtensionBrowser, launchExtensionBrowser, type Surface } from '../../src/index.ts';

/** The test extension may use passkeys of the hosts it has permission for. */
const RP_ID = 'passkeys.example.com';

let browser: ExtensionBrowser;

beforeAll(async () => {
  browser = await launchExtensionBrowser(inject('browserName'), {
    executablePath: inject('executablePath'),
    extensionPath: join(import.meta.dirname, '../extension'),
    headless: true,
  });
});

afterAll(() => browser?.close());

test('a passkey that one page made signs in another that opened later, until the authenticator is gone', async () => {
  const tab = await browser.openPage('popup.html');
  const authenticator = await browser.addVirtualAuthenticator();
  const credentialId = await makePasskey(tab, RP_ID);
  expect(await authenticator.passkeys()).toEqual([{ credentialId, rpId: RP_ID }]);
  await tab.close();

  const popup = await browser.openPopup();
  expect(await usePasskey(popup, RP_ID)).toBe(credentialId);
  await authenticator.remove();
  expect(await (await browser.addVirtualAuthenticator()).passkeys()).toEqual([]);
});

test('an extension has no passkeys of hosts it has no permission for', async () => {
  const page = await browser.openPage('popup.html');
  await expect(makePasskey(page, 'other.example.com')).rejects.toThrow('SecurityError');
});

function makePasskey(page: Surface, id: string): Promise<string> {
  return page.evaluate(async (id: string) => {
    const publicKey: PublicKeyCredentialCreationOptions = {
      rp: { id, name: 'Passkeys' },
      user: { id: new Uint8Array([1]), name: 'ada', displayName: 'Ada' },
      challenge: new Uint8Array(32),
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { residentKey: 'required' },
    };
    const credential = await navigator.credentials.create({ publicKey }).catch((error) => {
      throw new Error(String(error));
    });
    return credential?.id ?? '';
  }, id);
}

async function usePasskey(page: Surface, rpId: string): Promise<string> {
  // Firefox refuses a page that is not in front yet, and a popup has just been opened.
  await page.waitFor(() => document.hasFocus());
  return await page.evaluate(async (rpId: string) => {
    const credential = await navigator.credentials.get({
      publicKey: { rpId, challenge: new Uint8Array(32) },
    });
    return credential?.id ?? '';
  }, rpId);
}
