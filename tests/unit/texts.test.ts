import { describe, expect, test } from 'vitest';
import { LANGUAGES, readTexts } from '../support/texts';

// What any language of this extension has to be; which ones there are, and what they say, is yours.
const ENGLISH = readTexts('en');
const placeholdersOf = (message = '') => (message.match(/\$\w+\$/g) ?? []).sort();

describe.each(LANGUAGES)('the texts in %s', (language) => {
  const texts = readTexts(language);

  test('are those that there are in English', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(ENGLISH).sort());
  });

  test('have the same placeholders, each with what is put in', () => {
    for (const [name, { message, placeholders = {} }] of Object.entries(ENGLISH)) {
      const translation = texts[name];
      expect(placeholdersOf(translation?.message), name).toEqual(placeholdersOf(message));
      for (const [placeholder, { content }] of Object.entries(placeholders))
        expect(translation?.placeholders?.[placeholder]?.content, name).toBe(content);
    }
  });

  test('name their language, which the pages of Clerk go by', () => {
    expect(texts.language?.message).toBe(language.replace('_', '-'));
  });

  test('fit into the stores', () => {
    expect(texts.extensionName?.message.length).toBeLessThanOrEqual(45);
    expect(texts.extensionDescription?.message.length).toBeLessThanOrEqual(132);
  });
});
