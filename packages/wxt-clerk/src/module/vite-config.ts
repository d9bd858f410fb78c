import { extname } from 'node:path';
import { defaultClientConditions, type Plugin, type UserConfig } from 'vite';
import { clerkForms } from './clerk-forms.ts';
import { scriptsAfterFirstPaint } from './scripts-after-first-paint.ts';

/** Under which `exports` of our packages lead to their sources, for whoever works on them. */
const SOURCE_CONDITION = 'clerk-wxt-source';

/**
 * What the pages import from this package's dependencies. Vite does not look into what it excludes: it would find them one
 * after the other while the first page is open, and load that page anew each time, whatever has been typed by then.
 */
const PAGE_DEPENDENCIES = [
  'react',
  'react/jsx-runtime',
  'react-dom',
  'react-dom/client',
  'wxt/browser',
  'wxt/utils/define-wxt-plugin',
  '@clerk/chrome-extension',
  '@clerk/localizations/de-DE',
  '@clerk/localizations/fr-FR',
];

const RUNS_FROM_SOURCE = extname(import.meta.filename) === '.ts';

/**
 * How Vite bundles this package: with the values of this build in it, and as sources of the extension rather than as a
 * dependency that was prepared once.
 *
 * @param define What `declare const` in `shared/env.d.ts` stands for.
 * @param entrypoints The extension's folder of entrypoints, from its root.
 */
export function bundleFromPackage(define: Record<string, string>, entrypoints: string): UserConfig {
  return {
    define,
    ...(RUNS_FROM_SOURCE && { resolve: { conditions: [SOURCE_CONDITION, ...defaultClientConditions] } }),
    optimizeDeps: {
      exclude: ['wxt-clerk'],
      include: PAGE_DEPENDENCIES.map((name) => `wxt-clerk > ${name}`),
      // Vite looks for pages in the whole project otherwise, and finds those of examples and tests.
      entries: [`${entrypoints}/**/*.html`],
    },
    plugins: [readEntrypointsWithDefines(), clerkForms(), scriptsAfterFirstPaint()],
  };
}

// WXT runs entrypoints in Node to read their options, where what they import is loaded as it is: without the values.
function readEntrypointsWithDefines(): Plugin {
  return {
    name: 'wxt-clerk:entrypoint-options',
    config({ environments }) {
      // The environment that WXT does it in (core/builders/vite).
      const resolve = environments?.inline?.resolve;
      if (!resolve) return;
      resolve.noExternal = ['wxt-clerk'];
      if (RUNS_FROM_SOURCE) resolve.conditions = [SOURCE_CONDITION, ...(resolve.conditions ?? [])];
    },
  };
}
