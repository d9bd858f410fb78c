import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { BrowserName } from 'extension-driver';

/** What WXT calls the browsers that the driver knows. */
export const WXT_BROWSER: Record<BrowserName, 'chrome' | 'firefox'> = {
  chromium: 'chrome',
  firefox: 'firefox',
};

/** The commands that this package brings, as the starter's scripts call them. */
const COMMANDS = ['crx-key', 'doctor', 'icons', 'overrides', 'release:check', 'submit'];

/**
 * How to start a command, for its help: as a script of the project, or by the program of this package.
 *
 * @param script Name of the npm script, such as `release:check`.
 */
export function invocationOf(script: string, started = process.env.npm_lifecycle_event): string {
  const isScript = started === script || !COMMANDS.includes(script);
  return isScript ? `npm run ${script} --` : `npx --no-install wxt-clerk ${script.replace(':', '-')}`;
}

/** A mistake in the command line: its message is the whole output, and the exit code is 2. */
export class UsageError extends Error {}

/**
 * Reads a command line of flags strictly.
 *
 * @throws {UsageError} For a flag nobody knows, a missing value or a stray word, naming the command's own help.
 */
export function parseCommandLine<const T extends ParseArgsOptionsConfig>(command: string, options: T) {
  return withHelp(command, () => parseArgs({ args: process.argv.slice(2), options }).values);
}

/**
 * Reads a command line of flags and words.
 *
 * @throws {UsageError} For a flag nobody knows or a missing value, naming the command's own help.
 */
export function parseArguments<const T extends ParseArgsOptionsConfig>(command: string, options: T) {
  return withHelp(command, () => parseArgs({ args: process.argv.slice(2), options, allowPositionals: true }));
}

function withHelp<T>(command: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    // Node's first sentence names the flag; the rest is advice about positional arguments.
    const [sentence] = (error as Error).message.split('. ');
    throw new UsageError(`${sentence}. See: ${invocationOf(command)} --help`);
  }
}

/**
 * @param source Where the name was given, for the error.
 * @throws {UsageError} When it is none of the browsers that are driven.
 */
export function expectBrowserName(name: string, source = '--browser'): BrowserName {
  if (name === 'chromium' || name === 'firefox') return name;
  const hint = name === 'chrome' ? ' (chromium also stands for Chrome)' : '';
  throw new UsageError(`${source} takes chromium or firefox, got "${name}"${hint}.`);
}

/** Runs a command and turns what it throws into one clear message and an exit code: 2 for a usage error, else 1. */
export async function runCommand(main: () => Promise<number | undefined>): Promise<never> {
  try {
    process.exit((await main()) ?? 0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}
