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

test('what is typed arrives key by key, in order and in place of what was there', async () => {
  const page = await browser.openPage('popup.html');
  await page.evaluate(() => {
    const field = Object.assign(document.createElement('input'), { value: 'before' });
    field.addEventListener('keydown', ({ key }) => {
      field.dataset.keys = `${field.dataset.keys ?? ''}${key}`;
    });
    document.body.append(field);
  });
  await page.type('input', 'Balloon 22, café!');
  const seen = () => {
    const field = document.querySelector('input');
    return [field?.value, field?.dataset.keys?.replaceAll(/Shift|é/g, '')];
  };
  expect(await page.evaluate(seen)).toEqual(['Balloon 22, café!', 'Balloon 22, caf!']);
});
