import { defineConfig } from 'wxt';

const signOut = process.env.TEST_SIGN_OUT as 'only-here' | undefined;

/**
 * The extension of the core's end-to-end tests: it has only what it takes from the core, so that these tests do not
 * depend on what somebody makes of the starter.
 */
export default defineConfig({
  modules: ['@wxt-dev/module-react', 'wxt-clerk/module'],
  imports: false,
  // Who gets what comes from the variables of a build: the sites of a test have a new port in every run.
  clerk: {
    strict: true,
    languages: ['en', 'de', 'fr'],
    ...(signOut && { sync: { signOut } }),
  },
  ...(process.env.TEST_WITHOUT_FORMS && {
    hooks: {
      'entrypoints:found': (_, found) => {
        const kept = found.filter(({ name }) => !['popup', 'sidepanel', 'coming-and-going'].includes(name));
        found.splice(0, found.length, ...kept);
      },
    },
  }),
  manifest: ({ browser }) => ({
    name: 'Core test',
    version: '1.0.0',
    action: { default_title: 'Core test' },
    incognito: 'not_allowed',
    ...(browser === 'firefox' && {
      browser_specific_settings: { gecko: { id: 'wxt-clerk-test@example.com' } },
    }),
  }),
});
