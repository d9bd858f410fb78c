import { readFile } from 'node:fs/promises';
import puppeteer, { type Browser, type ConnectOptions } from 'puppeteer-core';
import { pollUntil } from './poll.ts';

/**
 * Connects to a running browser, as soon as it can be: the file that names its port may be that of an earlier start.
 *
 * @param portFile The file in the profile in which the browser writes where it listens.
 * @param readAddress Gives the address of the WebSocket from its text.
 * @throws {Error} After 15 s, with what came in the way.
 */
export async function connectToBrowser(
  portFile: string,
  readAddress: (text: string) => string,
  options: ConnectOptions = {},
): Promise<Browser> {
  let reason = '';
  const connect = async () => {
    try {
      const browserWSEndpoint = readAddress(await readFile(portFile, 'utf8'));
      return await puppeteer.connect({ ...options, browserWSEndpoint, defaultViewport: null });
    } catch (error) {
      reason = String((error as Error).message);
      return undefined;
    }
  };
  return await pollUntil(connect, {
    describe: () =>
      `No browser listens where ${portFile} says (${reason}). Start it with --remote-debugging-port=0.`,
  });
}
