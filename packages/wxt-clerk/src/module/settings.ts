import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHABLE_KEY_VARIABLE } from '../shared/publishable-key.ts';
import { SSO_VARIABLE } from '../shared/sso.ts';
import { STRIP_ORIGIN_VARIABLE } from '../shared/strip-origin.ts';
import { ACCESS_VARIABLES } from './resolve-access.ts';
import { SYNC_VARIABLE } from './sync.ts';

/**
 * What the build takes from the environment and compiles in, public for that reason. Every variable that changes the
 * built extension belongs here: the sources package carries their values, so that a reviewer builds the same thing.
 */
const BUILD_SETTINGS: readonly string[] = [
  PUBLISHABLE_KEY_VARIABLE,
  STRIP_ORIGIN_VARIABLE,
  SSO_VARIABLE,
  ...Object.values(ACCESS_VARIABLES),
  SYNC_VARIABLE,
];

/** Written into the sources package only; a checkout of the repository has none. */
export const BUILD_SETTINGS_FILE = 'build-settings.json';

/** Sets the variables of the build from the file of a sources package. What the environment says already, wins. */
export function loadBuildSettings(folder: string, environment = process.env): void {
  const path = join(folder, BUILD_SETTINGS_FILE);
  if (!existsSync(path)) return;
  const saved: Record<string, string> = JSON.parse(readFileSync(path, 'utf8'));
  for (const [name, value] of Object.entries(saved)) environment[name] ||= value;
}

/** The text of the file: only the variables that are set. */
export function formatBuildSettings(environment = process.env): string {
  const set = BUILD_SETTINGS.filter((name) => environment[name]);
  return `${JSON.stringify(Object.fromEntries(set.map((name) => [name, environment[name]])), null, 2)}\n`;
}
