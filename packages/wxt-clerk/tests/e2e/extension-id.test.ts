import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchExtensionBrowser } from 'extension-driver';
import { describe, expect, inject, onTestFinished } from 'vitest';
import { createKeyPair } from 'wxt-clerk-cli/crx-key';
import { extensionIdOfFolder, extensionIdOfKey } from 'wxt-clerk-cli/extension-id';
import { test } from './fixtures.ts';

describe.runIf(inject('browserName') === 'chromium')('Chromium’s id of an unpacked extension', () => {
  test('is that of its folder', async ({ buildPath }) => {
    const folder = await copyOfExtension(buildPath);
    expect(await idInChromium(folder)).toBe(extensionIdOfFolder(folder));
  });

  test('is that of the folder that a link leads to', async ({ buildPath }) => {
    const folder = await copyOfExtension(buildPath);
    const link = `${folder}-link`;
    onTestFinished(() => rm(link));
    await symlink(folder, link);
    expect(await idInChromium(link)).toBe(extensionIdOfFolder(folder));
    expect(extensionIdOfFolder(link)).toBe(extensionIdOfFolder(folder));
  });

  test('is that of its key, wherever it lies', async ({ buildPath }) => {
    const { publicKey } = createKeyPair();
    const folder = await copyOfExtension(buildPath, { key: publicKey });
    expect(await idInChromium(folder)).toBe(extensionIdOfKey(Buffer.from(publicKey, 'base64')));
  });
});

async function copyOfExtension(buildPath: string, changes: object = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'extension-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(buildPath, folder, { recursive: true });
  const manifestPath = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8'));
  await writeFile(manifestPath, JSON.stringify({ ...manifest, ...changes }));
  return folder;
}

async function idInChromium(extensionPath: string): Promise<string> {
  const options = { executablePath: inject('executablePath'), extensionPath, headless: true };
  const browser = await launchExtensionBrowser('chromium', options);
  await browser.close();
  return new URL(browser.extensionOrigin).hostname;
}
