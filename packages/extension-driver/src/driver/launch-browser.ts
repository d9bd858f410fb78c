import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';

/** A first start on a slow machine, in milliseconds. */
const LAUNCH_MS = 60_000;

/**
 * Starts a browser process, with its pages in the size of its windows.
 * @throws Error that names the executable and says what came in the way.
 */
export async function launchBrowser(options: LaunchOptions & { executablePath: string }): Promise<Browser> {
  try {
    return await puppeteer.launch({ ...options, defaultViewport: null, timeout: LAUNCH_MS });
  } catch (error) {
    const reason = (error as Error).message.replace(/\s*TROUBLESHOOTING:.*/s, '').replace(/\s+/g, ' ');
    throw new Error(`The browser at ${options.executablePath} did not start: ${reason}`);
  }
}
