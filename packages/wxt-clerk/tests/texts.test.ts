import { globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ERROR_SENTENCES } from '../src/messages/message-error';
import { PAGE_SENTENCES } from '../src/messages/page-errors';
import { ATTEMPT_SENTENCES, SSO_SENTENCES } from '../src/messages/sso-errors';
import { LANGUAGES, languageDefines, languagesOf, namesItsLanguage } from '../src/module/languages';
import { DEVELOPER_ERROR_TEXTS, ERROR_TEXTS, FORM_TEXTS, TEXTS } from '../src/shared/texts/index';
import { PAGE_ERROR_TEXTS } from '../src/shared/texts/page-errors';
import { findVisibleLiterals } from './support/visible-literals';

const SOURCES = 'packages/wxt-clerk/src';
const textsOf = (language: string): Record<string, string> => ({
  ...TEXTS[language],
  ...FORM_TEXTS[language],
  ...(language === 'en'
    ? { ...ERROR_SENTENCES, ...PAGE_SENTENCES, ...SSO_SENTENCES, ...ATTEMPT_SENTENCES }
    : { ...ERROR_TEXTS[language], ...DEVELOPER_ERROR_TEXTS[language], ...PAGE_ERROR_TEXTS[language] }),
});
const ENGLISH = textsOf('en');
const placeholdersOf = (text = '') => (text.match(/\$\d/g) ?? []).sort();

test('every language is in the list, and has Clerk’s own texts, too', () => {
  const files = readdirSync(`${SOURCES}/shared/texts`).filter((file) => /^[a-z]{2}\.ts$/.test(file));
  expect(files.map((file) => file.slice(0, 2)).sort()).toEqual([...LANGUAGES].sort());
  expect(Object.keys(TEXTS)).toEqual(LANGUAGES);
  const clerks = readdirSync(`${SOURCES}/ui/clerk/localization`).filter((file) => file !== 'index.ts');
  expect(['en', ...clerks.map((file) => file.slice(0, 2))].sort()).toEqual([...LANGUAGES].sort());
});

test('the English texts are all in use', () => {
  const files = globSync(`${SOURCES}/**/*.{ts,tsx}`, { exclude: [`${SOURCES}/shared/texts/**`] });
  const sources = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  expect(
    Object.keys({ ...TEXTS.en, ...FORM_TEXTS.en }).filter((name) => !sources.includes(`'${name}'`)),
  ).toEqual([]);
});

describe.each(LANGUAGES.filter((language) => language !== 'en'))('the texts in %s', (language) => {
  const texts = textsOf(language);

  test('are those that there are in English', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(ENGLISH).sort());
  });

  test('lose no value that is put in', () => {
    for (const [name, text] of Object.entries(ENGLISH))
      expect(placeholdersOf(texts[name]), name).toEqual(placeholdersOf(text));
  });

  test('are translated: every sentence differs from the English one', () => {
    const sentences = Object.entries(ENGLISH).filter(([, text]) => /\s.*[.…]$/.test(text));
    expect(sentences.filter(([name, text]) => texts[name] === text)).toEqual([]);
  });
});

describe('the languages of a build', () => {
  test('are English for an extension without texts of its own', () => {
    expect(languagesOf('packages/wxt-clerk/tests')).toEqual(['en']);
  });

  test('is asked of the texts of an extension that has them, and of no other', () => {
    expect(namesItsLanguage('public')).toBe(true);
    expect(namesItsLanguage('packages/wxt-clerk/tests')).toBe(false);
  });

  test('are compiled in, each by itself', () => {
    expect(languageDefines(['en', 'de'], true)).toEqual({
      __CLERK_LANGUAGES__: '["en","de"]',
      __CLERK_ASKS_TEXTS__: 'true',
      __CLERK_SPEAKS_DE__: 'true',
      __CLERK_SPEAKS_FR__: 'false',
    });
  });
});

describe('nothing that people read stands in the sources themselves', () => {
  const files = globSync(`${SOURCES}/{ui,react,client,content}/**/*.{ts,tsx}`, {
    // Clerk's own texts, each file in its language.
    exclude: [`${SOURCES}/ui/clerk/localization/**`],
  });

  test.each([...files, `${SOURCES}/shared/user-name.ts`])('%s', (file) => {
    expect(findVisibleLiterals(file, readFileSync(file, 'utf8'))).toEqual([]);
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
});
