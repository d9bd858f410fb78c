import { defineConfig } from 'wxt';

/** Clerk's guide for browser extensions, followed on WXT with nothing added: the alternative of every figure. */
export default defineConfig({
  modules: ['@wxt-dev/module-react'],
  manifestVersion: 3,
  imports: false,
  manifest: {
    name: 'Bench: port of the guide',
    version: '1.0.0',
    permissions: ['cookies', 'storage'],
    host_permissions: ['https://clerk.localhost/*'],
    action: {},
    browser_specific_settings: {
      gecko: { id: 'bench-guide-port@example.com', data_collection_permissions: { required: ['none'] } },
    },
  },
});
