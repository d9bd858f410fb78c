import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ERROR_SENTENCES } from '../../packages/wxt-clerk/src/messages/message-error';
import { LANGUAGES, readTexts } from '../support/texts';
import { findVisibleLiterals, findVisibleLiteralsOfPage } from '../support/visible-literals';

const ENGLISH = readTexts('en');
const NAMES = Object.keys(ENGLISH);
const TRANSLATIONS = LANGUAGES.filter((language) => language !== 'en');

const placeholdersOf = (message: string) => (message.match(/\$\w+\$/g) ?? []).sort();
const keyOf = (code: string) => `error_${code.replaceAll('-', '_')}`;

test('the extension speaks English, German and French', () => {
  expect([...LANGUAGES].sort()).toEqual(['de', 'en', 'fr']);
});

describe('the English texts', () => {
  test('name every placeholder that they use, and tell the translator what they are for', () => {
    for (const [name, { message, description, placeholders = {} }] of Object.entries(ENGLISH)) {
      expect(description, name).toMatch(/\w/);
      expect(placeholdersOf(message), name).toEqual(
        Object.keys(placeholders)
          .map((placeholder) => `$${placeholder.toUpperCase()}$`)
          .sort(),
      );
    }
  });

  test('have the sentence of every error code as it travels, and of no other', () => {
    const expected = Object.entries(ERROR_SENTENCES).map(([code, sentence]) => [keyOf(code), sentence]);
    const given = Object.entries(ENGLISH).filter(([name]) => name.startsWith('error_'));
    expect(Object.fromEntries(given.map(([name, { message }]) => [name, message]))).toEqual(
      Object.fromEntries(expected),
    );
  });

  test('are all in use', () => {
    const files = globSync('{components,entrypoints,utils,packages/wxt-clerk/src}/**/*.{ts,tsx}');
    const sources = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    const codes = Object.keys(ERROR_SENTENCES).map(keyOf);
    const isUsed = (name: string) =>
      codes.includes(name) || sources.includes(`'${name}'`) || sources.includes(`__MSG_${name}__`);
    expect(NAMES.filter((name) => !isUsed(name))).toEqual([]);
    expect(isUsed('something else')).toBe(false);
  });
});

describe.each(TRANSLATIONS)('the texts in %s', (language) => {
  const texts = readTexts(language);

  test('are those that there are in English', () => {
    expect(Object.keys(texts)).toEqual(NAMES);
  });

  test('lose no placeholder', () => {
    for (const [name, { message, placeholders = {} }] of Object.entries(ENGLISH)) {
      const translation = texts[name];
      expect(placeholdersOf(translation?.message ?? ''), name).toEqual(placeholdersOf(message));
      for (const [placeholder, { content }] of Object.entries(placeholders))
        expect(translation?.placeholders?.[placeholder]?.content, name).toBe(content);
    }
  });

  test('are translated: every sentence differs from the English one', () => {
    const isSentence = ([, { message }]: [string, { message: string }]) => /\s.*[.…]$/.test(message);
    const same = Object.entries(ENGLISH)
      .filter(isSentence)
      .filter(([name, { message }]) => texts[name]?.message === message);
    expect(same).toEqual([]);
  });
});

test.each(LANGUAGES)('what the stores show in %s fits, and the language is named', (language) => {
  const { extensionName, extensionDescription, language: tag } = readTexts(language);
  expect(extensionName?.message.length).toBeLessThanOrEqual(45);
  expect(extensionDescription?.message.length).toBeLessThanOrEqual(132);
  expect(tag?.message).toBe(language);
});

describe('nothing that people read stands in the sources themselves', () => {
  const files = globSync(
    '{packages/wxt-clerk/src/ui,entrypoints/*.content,entrypoints/{popup,sidepanel,token-demo}}/**/*.{ts,tsx}',
    {
      // Clerk's own texts, each file in its language.
      exclude: ['packages/wxt-clerk/src/ui/clerk/localization/**', '**/*.test.*'],
    },
  );

  test.each([...files, 'packages/wxt-clerk/src/shared/user-name.ts'])('%s', (file) => {
    expect(findVisibleLiterals(file, readFileSync(file, 'utf8'))).toEqual([]);
  });

  test.each(globSync('entrypoints/*/*.html'))('%s', (file) => {
    expect(findVisibleLiteralsOfPage(readFileSync(file, 'utf8'))).toEqual([]);
  });

  test('and none of the pages is left out', () => {
    expect(files).toContain('packages/wxt-clerk/src/ui/AccountCard.tsx');
    expect(files).toContain('entrypoints/example.content/card.ts');
  });

  test.each([
    ['<p>Sign out</p>', 'Sign out'],
    ['<p>{isBusy ? "busy" : "idle"}</p>', 'busy'],
    ['<p>{isBusy && `busy`}</p>', 'busy'],
    ['<button aria-label="back" />', 'back'],
    ['<Action label={isBusy ? "busy" : localized("idle")} />', 'busy'],
    ['<Action icon={<p>one</p>} />', 'one'],
    ['const help = { label: "again" }', 'again'],
    ['const title = "Token demo"', 'Token demo'],
    ['const title = "Copied"', 'Copied'],
    ['close.textContent = "close"', 'close'],
    ['show("failed", "Not known", sentence)', 'Not known'],
  ])('a literal is found in %s', (source, literal) => {
    expect(findVisibleLiterals('sample.tsx', source)).toContain(literal);
  });

  test.each([
    '<p className="notice notice-inline">{localized("signOut")}</p>',
    '<p>{view.status === "signed-in" && localized("signedInAs", name)}</p>',
    '<p>{localized(isBusy ? "signingOut" : "signOut")}</p>',
    'import { x } from "./A file"; throw new Error("The page has no root.")',
  ])('none is found in %s', (source) => {
    expect(findVisibleLiterals('sample.tsx', source)).toEqual([]);
  });

  test('literals are found in pages and their templates', () => {
    const page =
      '<title>Demo</title><template><section aria-label="Signed in"><p>Ada</p></section></template>';
    expect(findVisibleLiteralsOfPage(page)).toEqual(['Demo', 'Signed in', 'Ada']);
  });
});
