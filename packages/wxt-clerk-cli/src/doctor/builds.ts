import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { type PublishableKey, parsePublishableKey } from 'wxt-clerk/build';

/** A build in `.output`, as far as it can be told from its files. */
export interface ExtensionBuild {
  /** `chrome-mv3` */
  name: string;
  /** The absolute path without links in it, as browsers see it. */
  folder: string;
  browser: string;
  permissions: string[];
  hostPermissions: string[];
  geckoId: string | null;
  /** What it was built for; `null` when its background names no key. */
  key: PublishableKey | null;
}

/** The builds for the stores: those of development mode and of tests are made anew whenever they are used. */
export function readBuilds(root: string): ExtensionBuild[] {
  const output = join(root, '.output');
  if (!existsSync(output)) return [];
  return readdirSync(output)
    .filter((name) => /^[a-z]+-mv3$/.test(name) && existsSync(join(output, name, 'manifest.json')))
    .map((name) => readBuild(name, realpathSync(join(output, name))));
}

/** The command that makes a build anew. */
export function buildCommand(browser: string): string {
  if (browser === 'chrome') return 'npm run build';
  return browser === 'firefox' ? 'npm run build:firefox' : `npx wxt build -b ${browser}`;
}

function readBuild(name: string, folder: string): ExtensionBuild {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const background = join(folder, 'background.js');
  return {
    name,
    folder,
    browser: name.replace(/-mv3$/, ''),
    permissions: manifest.permissions ?? [],
    hostPermissions: manifest.host_permissions ?? [],
    geckoId: manifest.browser_specific_settings?.gecko?.id ?? null,
    key: existsSync(background) ? findKey(readFileSync(background, 'utf8')) : null,
  };
}

// The key is public, and compiled in as it stands.
function findKey(script: string): PublishableKey | null {
  for (const [candidate] of script.matchAll(/pk_(?:live|test)_[A-Za-z0-9+/]{8,}={0,2}/g)) {
    try {
      return parsePublishableKey(candidate);
    } catch {
      // Some other text of this form.
    }
  }
  return null;
}
