import type { Plugin } from 'vite';
import { chainTo } from './module-graph.ts';

/** Clerk's own interface, and what draws it. `react-dom/server` draws without a page. */
const PAGES_CODE = /[\\/]node_modules[\\/](@clerk[\\/]ui[\\/]|react-dom[\\/]cjs[\\/]react-dom-client)/;

/**
 * Keeps the pages' code out of a background, which has no use for it and would load its two megabytes at every start.
 *
 * @throws {Error} At build time, with the way from the entrypoint to the import.
 */
export function keepPagesOutOfBackground(): Plugin {
  return {
    name: 'wxt-clerk:background-bundle',
    generateBundle(_, bundle) {
      for (const output of Object.values(bundle)) {
        const found =
          output.type === 'chunk' ? output.moduleIds.find((id) => PAGES_CODE.test(id)) : undefined;
        if (!found) continue;
        const name = found.includes('react-dom') ? 'react-dom' : '@clerk/ui';
        throw new Error(
          `${output.type === 'chunk' ? output.fileName : ''} would contain ${name}: ${chainTo(found, this).join(' → ')}. ` +
            'The background draws nothing: import what it needs from a file that imports no component.',
        );
      }
    },
  };
}
