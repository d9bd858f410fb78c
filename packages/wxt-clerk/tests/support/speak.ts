import { fakeBrowser } from 'wxt/testing/fake-browser';

/** Makes the pages speak a language, as a browser does that took the extension's texts in it. */
export function speak(language: string, browserLanguage = language): void {
  Object.assign(fakeBrowser.i18n, {
    getUILanguage: () => browserLanguage,
    // A name that is not there gives the empty string in every browser.
    getMessage: (name: string) => (name === 'language' ? language : ''),
  });
}
