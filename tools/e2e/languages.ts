import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Surface } from 'extension-driver';
import { expect } from 'vitest';
import { PROJECT_ROOT } from '../extension-build.ts';

/** The entries of those languages that the starter has; a language is deleted with its folder. */
export function ofLanguagesThatAreThere<Words>(
  words: Record<string, Words>,
): [language: string, words: Words][] {
  const isThere = ([language]: [string, Words]) =>
    existsSync(join(PROJECT_ROOT, 'public/_locales', language));
  return Object.entries(words).filter(isThere);
}

// Of the English pages, hardly a sentence of which does without one of these.
const ENGLISH = /\b(the|you|your|sign|open|password|continue|again|enter|loading)\b/i;

// Read out in English whatever the language: Clerk's UI 1.34.0 has these in its code, not among its texts.
const CLERKS_OWN = /^(Show password|Open menu|Enter verification code)$/gm;

/** What the page says: its title, its texts, and what only a screen reader or an empty field says. */
export function readAll(page: Surface): Promise<string> {
  return page.evaluate(() => {
    const attributes = ['aria-label', 'placeholder', 'title', 'alt'];
    const spoken = [...document.querySelectorAll('body *')].flatMap((element) =>
      attributes.map((name) => element.getAttribute(name)),
    );
    return [document.title, document.body.innerText, ...spoken].filter(Boolean).join('\n');
  });
}

/** The texts that are cut off, or stand out of the page. */
function findOverflow(page: Surface): Promise<string[]> {
  return page.evaluate(() => {
    const pageWidth = document.documentElement.clientWidth;
    const isCut = (element: Element) =>
      element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible';
    const isOutside = (element: Element) => element.getBoundingClientRect().right > pageWidth + 1;
    return (
      [...document.querySelectorAll('body *:not(svg, svg *)')]
        // What is for screen readers alone is one pixel wide.
        .filter((element) => element.checkVisibility() && element.clientWidth !== 1)
        .filter((element) => isCut(element) || isOutside(element))
        .map((element) => `${element.className}: ${element.textContent}`)
    );
  });
}

/** Expects that the page says nothing in English, and that all of it fits. */
export async function expectToSpeak(page: Surface, language: string): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
  expect((await readAll(page)).replaceAll(CLERKS_OWN, '')).not.toMatch(ENGLISH);
  // A popup grows to its content, and Clerk's messages fold open.
  await expect.poll(() => findOverflow(page), { timeout: 3000 }).toEqual([]);
}
