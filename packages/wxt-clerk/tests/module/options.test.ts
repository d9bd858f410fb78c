// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { checkGranted } from '../../src/module/content-script-guard';
import { findSecretKey } from '../../src/module/keys';
import { resolveLanguages } from '../../src/module/languages';
import { checkOptions } from '../../src/module/options';

describe('the options', () => {
  test.each([
    {},
    { access: { apiOrigins: [] } },
    { strict: true, contentScriptStorage: true, languages: ['de'] },
  ])('takes %j', (options) => {
    expect(() => checkOptions(options)).not.toThrow();
  });

  test.each<[unknown, string]>([
    [{ acces: {} }, 'clerk in wxt.config.ts has "acces", which is no option. There are: access, strict, '],
    [{ strict: 'yes' }, 'strict of clerk in wxt.config.ts is "yes", expected boolean.'],
    [{ languages: 'de' }, 'languages of clerk in wxt.config.ts is "de", expected Array.'],
    ['strict', 'clerk in wxt.config.ts is "strict", expected Object.'],
  ])('stops at %j', (options, sentence) => {
    expect(() => checkOptions(options)).toThrow(sentence);
  });
});

describe('a secret key', () => {
  test('that would be compiled in stops the build, and is not echoed', () => {
    for (const name of ['WXT_CLERK_SECRET_KEY', 'VITE_KEY']) {
      const environment = { [name]: 'sk_live_verysecret' };
      expect(() => findSecretKey(environment)).toThrow(
        `${name} holds a secret key (sk_…), and every variable`,
      );
      expect(() => findSecretKey(environment)).not.toThrow('verysecret');
    }
  });

  test('that is near is warned of', () => {
    expect(findSecretKey({ CLERK_SECRET_KEY: 'sk_test_verysecret' })).toMatch(
      /^CLERK_SECRET_KEY is set to a secret key \(sk_…\)\..*keep it on your server\.$/,
    );
    expect(findSecretKey({ PATH: '/bin', WXT_CLERK_PUBLISHABLE_KEY: 'pk_test_abc' })).toBeNull();
  });
});

test('the languages are those that are asked for, or those that extension and screens both have', () => {
  expect(resolveLanguages(['fr', 'en'], 'no folder')).toEqual(['fr', 'en']);
  expect(resolveLanguages(undefined, 'no folder')).toEqual(['en']);
  expect(() => resolveLanguages(['tlh'], 'no folder')).toThrow(
    'names "tlh", and the screens have: en, de, fr.',
  );
  expect(() => resolveLanguages([], 'no folder')).toThrow('names ""');
});

describe('a content script that asks the background', () => {
  const granted = (...matches: string[]) => ({ contentScript: { matches }, tokens: [], apiOrigins: [] });
  const script = (...matches: string[]) => ({ path: 'entrypoints/card.content.ts', matches });

  test('is built where it was granted', () => {
    expect(() =>
      checkGranted(script('https://app.example.com/*'), granted('https://*.example.com/*')),
    ).not.toThrow();
    expect(() => checkGranted(script(), granted())).not.toThrow();
  });

  test.each([
    ['https://app.example.com/*', "contentScript: { matches: ['https://app.example.com/*'] }."],
    ['http://localhost/*', "contentScript: { matches: ['http://localhost/*'] }."],
    ...['*://app.example.com/*', 'http://app.example.com/*'].map((pattern) => [
      pattern,
      `contentScript: { matches: ['https://app.example.com/*'] }, and write https://app.example.com/* in the place of ${pattern}.`,
    ]),
    ...['<all_urls>', '*://*/*', 'http://*/*'].map((pattern) => [
      pattern,
      `contentScript: { status: ['https://*/*'] }, and write https://*/* in the place of ${pattern}.`,
    ]),
  ])('stops the build on %s, with the line to add', (pattern, line) => {
    expect(() => checkGranted(script(pattern), granted('https://other.example/*'))).toThrow(
      `entrypoints/card.content.ts asks wxt-clerk’s background and runs on ${pattern}, where nobody may ask for ` +
        `anything yet. Add it to access of clerk in wxt.config.ts: ${line}`,
    );
  });
});
