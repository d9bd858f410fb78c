import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * Bundles a script with the browser's own promise-based API where the extension has `@wxt-dev/webextension-polyfill`,
 * which adds 10 kB to each script that it is in. Manifest V3 has promises in both browsers.
 */
export function withoutPolyfill(): Plugin {
  return {
    name: 'wxt-clerk:without-polyfill',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^@wxt-dev\/webextension-polyfill\/browser$/ },
      handler() {
        // What `wxt/browser` is without the polyfill; it is a dependency of WXT, not of the extension.
        return this.resolve('@wxt-dev/browser', fileURLToPath(import.meta.resolve('wxt')));
      },
    },
  };
}
