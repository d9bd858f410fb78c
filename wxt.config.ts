import { createRequire } from 'node:module';
import { defineConfig } from 'wxt';
import { omitPasswordDictionary } from './build/omit-password-dictionary';
import { manifestFor } from './manifest.config';
import { type PublishableKey, parsePublishableKey } from './utils/publishable-key';

const require = createRequire(import.meta.url);

export default defineConfig({
  modules: ['@wxt-dev/module-react'],
  // WXT's default for Firefox is Manifest V2, which breaks Clerk's check of the host permissions.
  manifestVersion: 3,
  imports: false,
  manifest: ({ browser }) => manifestFor(browser, readKey()),
  hooks: {
    'build:before': () => {
      const key = readKey();
      if (key instanceof Error) throw key;
    },
    'vite:build:extendConfig': (entrypoints, config) => {
      // The pages keep it: their sign-up form says how good a password is.
      const isBackground = entrypoints.some(({ name }) => name === 'background-clerk');
      if (isBackground) config.plugins = [...(config.plugins ?? []), omitPasswordDictionary()];
    },
  },
  vite: () => ({
    define: {
      __CLERK_SDK_VERSION__: JSON.stringify(require('@clerk/chrome-extension/package.json').version),
    },
  }),
});

/** The key of `.env` or the environment. Its error is a value here: `wxt prepare` must work without a key, a build must not. */
function readKey(): PublishableKey | Error {
  try {
    return parsePublishableKey(process.env.WXT_CLERK_PUBLISHABLE_KEY);
  } catch (error) {
    const problem = error as Error;
    // WXT prints the stack below the sentence, which here says nothing to the reader.
    problem.stack = '';
    return problem;
  }
}
