import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ExtensionBrowser, launchExtensionBrowser } from '../../src/index.ts';

let browser: ExtensionBrowser;

beforeAll(async () => {
  browser = await launchExtensionBrowser(inject('browserName'), {
    executablePath: inject('executablePath'),
    extensionPath: join(import.meta.dirname, '../extension'),
    headless: true,
  });
});

afterAll(() => browser?.close());

test('what is asked of a document that is left is an error, and the next one answers', async () => {
  const page = await browser.openPage('popup.html');
  const never = page.evaluate(() => {
    location.reload();
    return new Promise(() => {});
  });
  await expect(never).rejects.toThrow();
  await page.waitForText('Count');
});
