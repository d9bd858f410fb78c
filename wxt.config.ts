import { createRequire } from 'node:module';
import { join } from 'node:path';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'wxt';
import {
  languageDefines,
  languagesOf,
  loadBuildSettings,
  type PublishableKey,
  parsePublishableKey,
  resolveAccess,
  withBuildOptions,
} from 'wxt-clerk/build';
import { access } from './access.config';
import { manifestFor } from './packages/wxt-clerk/src/module/manifest';
import { omitPasswordDictionary } from './packages/wxt-clerk/src/module/omit-password-dictionary';

const require = createRequire(import.meta.url);

loadBuildSettings(import.meta.dirname);

export default defineConfig({
  modules: ['@wxt-dev/module-react'],
  // WXT's default for Firefox is Manifest V2, which breaks Clerk's check of the host permissions.
  manifestVersion: 3,
  imports: false,
  manifest: (env) =>
    withoutStack(() =>
      withBuildOptions(manifestFor({ ...env, key: readKey(), access: readAccess() }), env, process.env),
    ),
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
    // A content script that matches nothing is not in the build at all.
    'entrypoints:resolved': (_, entrypoints) => {
      const kept = entrypoints.filter(
        (entry) => entry.type !== 'content-script' || entry.options.matches?.length !== 0,
      );
      entrypoints.splice(0, entrypoints.length, ...kept);
    },
  },
  vite: () => ({
    // As in .npmrc: in this workspace our packages are used from their sources.
    resolve: { conditions: ['clerk-wxt-source', ...defaultClientConditions] },
    define: {
      __ACCESS__: JSON.stringify(readAccess()),
      ...languageDefines(languagesOf(join(import.meta.dirname, 'public'))),
      __CLERK_SDK_VERSION__: JSON.stringify(require('@clerk/chrome-extension/package.json').version),
    },
  }),
});

/** The key of `.env` or the environment. Its error is a value here: `wxt prepare` must work without a key, a build must not. */
function readKey(): PublishableKey | Error {
  try {
    return withoutStack(() => parsePublishableKey(process.env.WXT_CLERK_PUBLISHABLE_KEY));
  } catch (error) {
    return error as Error;
  }
}

/** The access of `access.config.ts` or the environment, whose files WXT has read by the time this is called. */
const readAccess = () => withoutStack(() => resolveAccess(access, process.env));

/** WXT prints the stack below the sentence, which in a mistake of the environment says nothing to the reader. */
function withoutStack<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    (error as Error).stack = '';
    throw error;
  }
}
