import { defineConfig } from 'wxt';

export default defineConfig({
  modules: ['@wxt-dev/module-react', 'wxt-clerk/module'],
  manifest: ({ browser }) => ({
    name: 'Reading list',
    permissions: ['tabs'],
    host_permissions: ['https://books.example/*'],
    content_security_policy: {
      extension_pages: "script-src 'self'; object-src 'self'; connect-src 'self' https://books.example",
    },
    ...(browser === 'firefox' && {
      browser_specific_settings: { gecko: { id: 'reading-list@example.com' } },
    }),
  }),
});
