import { ofLanguagesThatAreThere } from './languages.ts';
import { sharedBrowserTest } from './shared-browser.ts';

/** A test on the starter, in the browser that tests share. @param language What the browser speaks. */
export const starterTest = (language = 'en-US') =>
  sharedBrowserTest({ project: '.', ownPage: 'popup.html', language });

/** The same in every language that the starter has, beside what is to be seen there. For the top of a file. */
export const starterTestsByLanguage = <Words>(words: Record<string, Words>) =>
  ofLanguagesThatAreThere(words).map(([language, words]) => ({
    language,
    words,
    test: starterTest(language),
  }));
