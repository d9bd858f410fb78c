import { resolve, sep } from 'node:path';
import type { Plugin } from 'vite';
import { type AccessConfig, isPatternCovered } from '../shared/access-config.ts';
import { isLoopback } from '../shared/loopback.ts';
import { OPTIONS_PLACE } from './options.ts';

/** What a content script imports to ask the background. */
const ASKING_FOLDERS = ['content', 'client'].map((name) => resolve(import.meta.dirname, '..', name) + sep);

/** A content script as WXT has resolved it. */
export interface ContentScript {
  /** Its file, for the error. */
  path: string;
  matches: readonly string[];
}

/**
 * Stops the build of a content script that asks the background (`wxt-clerk/content`, `wxt-clerk/client`) where nobody
 * granted it anything: the background would refuse each of its messages. Other content scripts are none of ours.
 */
export function contentScriptGuard({ path, matches }: ContentScript, access: AccessConfig): Plugin {
  return {
    name: 'wxt-clerk:content-script-guard',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((output) =>
        output.type === 'chunk' ? output.moduleIds : [],
      );
      const asks = modules.some((id) => ASKING_FOLDERS.some((folder) => resolve(id).startsWith(folder)));
      if (asks) checkGranted({ path, matches }, access);
    },
  };
}

/** @throws {Error} With the line to add, for the first match pattern that no granted one covers. */
export function checkGranted({ path, matches }: ContentScript, { contentScript }: AccessConfig): void {
  const granted = [...contentScript.matches, ...(contentScript.status ?? [])];
  const missing = matches.find((pattern) => !isPatternCovered(pattern, granted));
  if (missing === undefined) return;
  const pattern = grantable(missing);
  const list = pattern.startsWith('https://*/') ? 'status' : 'matches';
  const ownMatches = pattern === missing ? '' : `, and write ${pattern} in the place of ${missing}`;
  throw new Error(
    `${path} asks wxt-clerk’s background and runs on ${missing}, where nobody may ask for anything yet. Add it to ` +
      `access of ${OPTIONS_PLACE}: contentScript: { ${list}: ['${pattern}'] }${ownMatches}.`,
  );
}

/** The same pages, as far as they can be granted anything: by https, or on this computer (`resolveAccess`). */
function grantable(pattern: string): string {
  if (pattern === '<all_urls>') return 'https://*/*';
  const [, scheme, host = ''] = /^(\*|http):\/\/([^/]*)/.exec(pattern) ?? [];
  return scheme === undefined || (scheme === 'http' && isLoopback(host))
    ? pattern
    : pattern.replace(scheme, 'https');
}
