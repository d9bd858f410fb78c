import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Browser } from 'puppeteer-core';
import { withDeadline } from './poll.ts';

/** How long a browser may take to close by itself, in milliseconds. */
const CLOSE_MS = 10_000;

/**
 * Closes a browser, which writes its profile, and makes sure that its processes are gone, also when it hangs or has crashed.
 * Never rejects.
 */
export async function endBrowser(browser: Browser): Promise<void> {
  await withDeadline(browser.close(), CLOSE_MS, 'Closing the browser').catch(() => {});
  await killBrowser(browser);
}

/** Ends a browser at once. For one whose profile goes with it: what it has not written yet is lost. Never rejects. */
export async function killBrowser(browser: Browser): Promise<void> {
  const child = browser.process();
  const exited = child === null || hasExited(child) ? Promise.resolve([]) : once(child, 'exit');
  if (child?.pid !== undefined) killGroup(child.pid);
  await exited;
}

/** Resolves when the browser has ended, or at least nobody can reach it any more. */
export function whenEnded(browser: Browser): Promise<void> {
  return new Promise((resolve) => browser.once('disconnected', () => resolve()));
}

/** Puppeteer starts the browser as the leader of its own process group (except on Windows, where it kills the tree). */
function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Nothing is left to kill.
  }
}

/** Says how a browser ended that is gone or no longer connected; undefined while it runs. */
export function describeEnd(browser: Browser): string | undefined {
  const child = browser.process();
  if (browser.connected && !hasExited(child)) return undefined;
  return `The browser has ended (${child?.signalCode ?? `exit code ${child?.exitCode ?? 'unknown'}`}).`;
}

function hasExited(child: ChildProcess | null): boolean {
  return child !== null && (child.exitCode !== null || child.signalCode !== null);
}

/**
 * Turns "connection closed" and its like into what really happened.
 * @throws Error when the browser has ended.
 */
export function expectRunning(browser: Browser): void {
  const end = describeEnd(browser);
  if (end !== undefined) throw new Error(`${end} Call restart(), or launch it again.`);
}
