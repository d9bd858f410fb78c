import { defineConfig } from 'wxt';

/** An extension with as little in it as can be woken by a message: the floor of every figure. */
export default defineConfig({
  manifestVersion: 3,
  imports: false,
  manifest: {
    name: 'Bench: echo',
    version: '1.0.0',
    action: { default_popup: 'popup.html' },
    browser_specific_settings: {
      gecko: { id: 'bench-echo@example.com', data_collection_permissions: { required: ['none'] } },
    },
  },
});
