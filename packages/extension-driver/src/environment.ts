import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

/** How a command ended; `code` is -1 when it could not be started. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Extra variables for a command, and how long it may run (milliseconds, default: for ever). */
export interface CommandOptions {
  variables?: Record<string, string>;
  timeoutMs?: number;
}

/** Everything browser discovery asks of the machine, so that its rules can be tested without one. */
export interface Environment {
  variables: Record<string, string | undefined>;
  platform: NodeJS.Platform;
  /** Undefined on Windows, which has no user ids. */
  userId: number | undefined;
  /** Where downloaded browsers are kept. */
  cacheFolder: string;
  isExecutable(path: string): Promise<boolean>;
  /** Rejects when the file cannot be read. */
  readText(path: string): Promise<string>;
  /** Names in a folder; empty when there is none. */
  listFolder(path: string): Promise<string[]>;
  run(command: string, args: string[], options?: CommandOptions): Promise<CommandResult>;
  /** Rejects when the host does not answer within `timeoutMs`. */
  probe(url: string, timeoutMs: number): Promise<void>;
  /** Tells the person what takes a while, in one line. */
  report(line: string): void;
}

/** This machine. */
export const machine: Environment = {
  variables: process.env,
  platform: process.platform,
  userId: process.getuid?.(),
  cacheFolder: resolve('.cache/browsers'),
  isExecutable: async (path) => {
    try {
      await access(path, constants.X_OK);
      return (await stat(path)).isFile();
    } catch {
      return false;
    }
  },
  readText: (path) => readFile(path, 'utf8'),
  listFolder: (path) => readdir(path).catch(() => []),
  run: runCommand,
  probe: async (url, timeoutMs) => {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
  },
  report: (line) => console.log(line),
};

function runCommand(command: string, args: string[], options: CommandOptions = {}): Promise<CommandResult> {
  const { promise, resolve: settle } = Promise.withResolvers<CommandResult>();
  const { variables, timeoutMs = 0 } = options;
  const settings = { env: { ...process.env, ...variables }, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 };
  execFile(command, args, settings, (error, stdout, stderr) => {
    const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
    settle({ code, stdout, stderr: stderr || (error?.message ?? '') });
  });
  return promise;
}
