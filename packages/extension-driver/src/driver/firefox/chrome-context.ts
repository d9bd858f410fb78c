import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { describeEnd, expectRunning } from '../end-browser.ts';
import type { PageFunction } from '../types.ts';

/** The part of puppeteer's BiDi connection that is used here; puppeteer has it, but not in its public types. */
interface BidiConnection {
  readonly closed: boolean;
  send(method: string, params: object): Promise<{ result: BidiResult }>;
}

interface BidiResult {
  contexts?: { context: string }[];
  type?: 'success' | 'exception';
  result?: { value?: string };
  exceptionDetails?: { text: string };
}

/** Runs functions with the browser's own rights, in the script context of its first window. */
export class ChromeContext {
  readonly #browser: Browser & { connection: BidiConnection };

  constructor(browser: Browser) {
    this.#browser = browser as Browser & { connection: BidiConnection };
  }

  /** How Firefox ended; undefined while it runs. */
  describeEnd(): string | undefined {
    return describeEnd(this.#browser);
  }

  /**
   * Runs `fn` in the browser window. Like `Surface.evaluate` it is sent as source text with JSON arguments and result.
   * @throws Error with the text of what `fn` threw, or one that says how Firefox ended.
   */
  async run<T>(fn: PageFunction<T | Promise<T>>, ...args: unknown[]): Promise<T> {
    const result = await this.#send('script.evaluate', {
      expression: `(async () => JSON.stringify(await (${fn})(...${JSON.stringify(args)})))()`,
      target: { context: await this.#firstWindow() },
      awaitPromise: true,
    });
    if (result.type === 'exception')
      throw new Error(result.exceptionDetails?.text ?? 'Unknown error in Firefox.');
    const json = result.result?.value;
    return json === undefined ? (undefined as T) : (JSON.parse(json) as T);
  }

  async #send(method: string, params: object): Promise<BidiResult> {
    expectRunning(this.#browser);
    try {
      return (await this.#browser.connection.send(method, params)).result;
    } catch (error) {
      // The connection closes a moment before the process is known to have ended.
      if (this.#browser.connection.closed) await sleep(100);
      expectRunning(this.#browser);
      throw error;
    }
  }

  // Asked for each time, because the first window may have been closed meanwhile.
  async #firstWindow(): Promise<string> {
    const result = await this.#send('browsingContext.getTree', {
      'moz:scope': 'chrome',
      maxDepth: 0,
    });
    const context = result.contexts?.[0]?.context;
    if (context === undefined) throw new Error('Firefox has no window that the driver could use.');
    return context;
  }
}
