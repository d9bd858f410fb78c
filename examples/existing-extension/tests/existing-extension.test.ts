import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Emulator, PERMISSIVE_SETTINGS, startEmulator } from 'clerk-emulator';
import {
  type BrowserName,
  type ExtensionBrowser,
  findBrowser,
  launchExtensionBrowser,
  type Surface,
} from 'extension-driver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterPassword, waitForSignInForm } from '../../../tools/steps/sign-in.ts';
import { type InstalledExample, installExample } from './install.ts';

let emulator: Emulator;
let example: InstalledExample;

beforeAll(async () => {
  emulator = await startEmulator({ settings: PERMISSIVE_SETTINGS });
  example = await installExample();
});

afterAll(async () => {
  await emulator?.close();
  await example?.remove();
});

describe.each<[BrowserName, 'chrome' | 'firefox']>([
  ['chromium', 'chrome'],
  ['firefox', 'firefox'],
])('from the tarball, in %s', (name, target) => {
  let built: string;
  let browser: ExtensionBrowser;

  beforeAll(async () => {
    built = await example.build(target, emulator.publishableKey);
    const { executablePath } = await findBrowser(name);
    browser = await launchExtensionBrowser(name, {
      executablePath,
      extensionPath: built,
      headless: true,
      trustedServers: [emulator],
    });
  });

  afterAll(() => browser?.close());

  test('the manifest has what the extension had, and what Clerk needs', async () => {
    const manifest = JSON.parse(await readFile(join(built, 'manifest.json'), 'utf8'));
    expect(manifest.manifest_version).toBe(3);
    expect(manifest.name).toBe('Reading list');
    expect(manifest.permissions).toEqual(['tabs', 'storage', 'alarms']);
    expect(manifest.host_permissions).toEqual(['https://books.example/*', 'https://clerk.localhost/*']);
    expect(manifest.content_security_policy.extension_pages).toBe(
      `script-src 'self'; object-src 'self'; connect-src 'self' https://books.example ${emulator.url}`,
    );
  });

  test('signs in, answers its own message, gives a token and signs out', async () => {
    const popup = await browser.openPopup();
    await enterPassword(popup, emulator.seededUser);
    await popup.waitForText('Books of Ada');

    await popup.click({ role: 'button', name: 'Ping' });
    await popup.waitForText('1 answers');

    expect(await ask(popup, { type: 'get-token' })).toMatchObject({
      ok: true,
      value: { token: expect.any(String) },
    });
    await popup.close();
    await browser.stopBackground();

    const again = await browser.openPopup();
    await again.waitForText('Books of Ada');
    await again.click({ role: 'button', name: 'Ping' });
    await again.waitForText('1 answers');
    expect(await ask(again, { type: 'sign-out' })).toMatchObject({ ok: true });
    await waitForSignInForm(again);
    expect(await ask(again, { type: 'get-token' })).toMatchObject({ ok: true, value: null });
  });

  test('its content script keeps its storage', async () => {
    const server = createServer((_, response) => response.end('<!doctype html><title>Reader</title>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://reader.localhost:${(server.address() as AddressInfo).port}/`;
    try {
      const page = await browser.openWebPage(url);
      await page.waitFor(() => document.documentElement.dataset.visits === '1');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

interface MessagingApi {
  runtime: { sendMessage(message: unknown): Promise<unknown> };
}

function ask(page: Surface, request: unknown): Promise<unknown> {
  return page.evaluate((message: unknown) => {
    const scope = globalThis as unknown as { browser?: MessagingApi; chrome: MessagingApi };
    return (scope.browser ?? scope.chrome).runtime.sendMessage(message);
  }, request);
}
