import type { BrowserName } from 'extension-driver';
export declare const PROJECT_ROOT: string;
/**
 * Builds the extension as `npm run build` does, with a given key and into a folder of its own, so that a build for the
 * stores in `.output` is never overwritten by one for the local Frontend API.
 *
 * @param variables Further variables of the build, such as `WXT_STRIP_ORIGIN`.
 * @returns The folder with the `manifest.json`.
 * @throws {Error} With what WXT printed.
 */
export declare function buildExtension(
  browser: BrowserName,
  publishableKey: string,
  outDir: string,
  variables?: Record<string, string>,
): Promise<string>;
