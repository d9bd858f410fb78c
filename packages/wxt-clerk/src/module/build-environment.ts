import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { PUBLISHABLE_KEY_VARIABLE } from '../shared/publishable-key.ts';

/** Where a build looks for its variables. */
export interface BuildEnvironment {
  /** As WXT calls it: `chrome`, `firefox`. */
  browser: string;
  mode: 'development' | 'production';
  root: string;
  environment: Record<string, string | undefined>;
}

export interface Variable {
  value: string;
  /** A file such as `.env.local`, or `the environment`. */
  source: string;
}

/** A variable as WXT gives it to a build: of the environment, or else of the last `.env` file that names it. */
export function readVariable(
  name: string,
  { browser, mode, root, environment }: BuildEnvironment,
): Variable | null {
  const given = environment[name];
  if (given) return { value: given, source: 'the environment' };
  let found: Variable | null = null;
  for (const source of envFiles(browser, mode)) {
    const path = join(root, source);
    const value = existsSync(path) ? parseEnv(readFileSync(path, 'utf8'))[name] : undefined;
    if (value !== undefined) found = { value, source };
  }
  return found?.value ? found : null;
}

/** Does the environment or one of the `.env` files that WXT reads in development mode give a publishable key? */
export function hasPublishableKey(browser: string, root: string, environment = process.env): boolean {
  return readVariable(PUBLISHABLE_KEY_VARIABLE, { browser, mode: 'development', root, environment }) !== null;
}

// The names and their order are WXT's (wxt/core/utils/env).
function envFiles(browser: string, mode: string): string[] {
  const names = ['.env', `.env.${mode}`, `.env.${browser}`, `.env.${mode}.${browser}`];
  return names.flatMap((name) => [name, `${name}.local`]);
}
