import { defineConfig } from 'wxt';
import { withoutPolyfill } from 'wxt-clerk/build';
import { access } from './access.config';

/** Firefox derives the extension's redirect addresses and its storage from this id: keep it once published. */
const GECKO_ID = 'clerk-wxt-extension@example.com';

export default defineConfig({
  modules: ['@wxt-dev/module-react', '@wxt-dev/webextension-polyfill', 'wxt-clerk/module'],
  imports: false,
  clerk: { access, strict: true },
  hooks: {
    // A third of such a script, on every page that it matches.
    'vite:build:extendConfig': ([entry], config) => {
      if (entry?.type === 'content-script') config.plugins = [...(config.plugins ?? []), withoutPolyfill()];
    },
  },
  manifest: ({ browser }) => ({
    // The browser and the stores take these from public/_locales.
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    action: { default_title: '__MSG_extensionName__' },
    // Private windows would share the session with the others. 'spanning' turns them on.
    incognito: 'not_allowed',
    ...(browser === 'firefox' && { browser_specific_settings: { gecko: { id: GECKO_ID } } }),
  }),
});
