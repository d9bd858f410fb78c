import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { PUBLISHABLE_KEY_VARIABLE } from '../../utils/publishable-key.ts';
import { PROJECT_ROOT } from '../extension-build.ts';

/** Does the environment or one of the `.env` files that WXT reads in development mode give a publishable key? */
export function hasPublishableKey(browser: string, root = PROJECT_ROOT, environment = process.env): boolean {
  if (environment[PUBLISHABLE_KEY_VARIABLE]) return true;
  return envFiles(browser).some((file) => {
    const path = join(root, file);
    return existsSync(path) && Boolean(parseEnv(readFileSync(path, 'utf8'))[PUBLISHABLE_KEY_VARIABLE]);
  });
}

// The names and their order are WXT's (wxt/core/utils/env).
function envFiles(browser: string): string[] {
  const names = ['.env', '.env.development', `.env.${browser}`, `.env.development.${browser}`];
  return names.flatMap((name) => [name, `${name}.local`]);
}
