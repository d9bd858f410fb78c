import { readdirSync, readFileSync } from 'node:fs';
import { fakeBrowser } from 'wxt/testing/fake-browser';

/** One text of a `messages.json`, as the browsers read it. */
export interface Text {
  message: string;
  description?: string;
  placeholders?: Record<string, { content: string; example?: string }>;
}

const FOLDER = 'public/_locales';

export const LANGUAGES = readdirSync(FOLDER);

export function readTexts(language: string): Record<string, Text> {
  return JSON.parse(readFileSync(`${FOLDER}/${language}/messages.json`, 'utf8'));
}

/** Gives the pages their texts in a language, as a browser does that speaks it. */
export function speak(language: string, browserLanguage = language): void {
  const texts = readTexts(language);
  Object.assign(fakeBrowser.i18n, {
    getUILanguage: () => browserLanguage,
    // A name that is not there gives the empty string in every browser.
    getMessage: (name: string, values: string[] = []) => (texts[name] ? fill(texts[name], values) : ''),
  });
}

function fill({ message, placeholders = {} }: Text, values: string[]): string {
  return message.replaceAll(/\$(\w+)\$/g, (_, name: string) => {
    const content = placeholders[name.toLowerCase()]?.content ?? '';
    return content.replaceAll(/\$(\d)/g, (_, digit: string) => values[Number(digit) - 1] ?? '');
  });
}
