import { describeTarget, type Located, locateCall, readText, selectFocusedText } from './page-functions.ts';
import { pollUntil, WAIT_MS } from './poll.ts';
import type { PageFunction, Surface, SurfaceKind, Target } from './types.ts';

/** What a browser has to offer for one page; everything else is built on it in `createSurface`. */
export interface PageChannel {
  /** Runs an expression in the page's own world and returns its value, which must be a string or nothing. */
  evaluate(expression: string): Promise<string | undefined>;
  /** The text of an element inside a shadow root, also a closed one. */
  shadowText(host: string, selector: string): Promise<string | null>;
  /** Moves, presses and releases the mouse at viewport coordinates in CSS pixels. */
  clickAt(x: number, y: number): Promise<void>;
  typeText(text: string): Promise<void>;
  press(key: string): Promise<void>;
  screenshot(path: string): Promise<void>;
  setColorScheme(scheme: 'light' | 'dark'): Promise<void>;
  /** Only where the browser can run a script before those of the page. */
  reloadAfter?(script: string): Promise<void>;
  frameUrls(): Promise<string[]>;
  /** False also when the browser has ended. */
  isOpen(): Promise<boolean>;
  close(): Promise<void>;
  url(): string;
  consoleErrors(): string[];
  /** What is open in the browser, for error messages. Never rejects. */
  describeOthers(): Promise<string>;
}

/** Builds the surface a test uses from what the browser offers for the page. */
export function createSurface(kind: SurfaceKind, channel: PageChannel): Surface {
  return new DrivenSurface(kind, channel);
}

/** Calls a function where a channel evaluates; it is sent as source text, with JSON arguments and result. */
export async function callIn<T>(
  { evaluate }: Pick<PageChannel, 'evaluate'>,
  fn: PageFunction<T | Promise<T>>,
  args: unknown[],
): Promise<T> {
  const call = `(${fn})(...${JSON.stringify(args)})`;
  const json = await evaluate(`(async () => JSON.stringify(await ${call}))()`);
  return json === undefined ? (undefined as T) : (JSON.parse(json) as T);
}

class DrivenSurface implements Surface {
  readonly kind: SurfaceKind;
  readonly #channel: PageChannel;

  constructor(kind: SurfaceKind, channel: PageChannel) {
    this.kind = kind;
    this.#channel = channel;
  }

  async evaluate<T>(fn: PageFunction<T | Promise<T>>, ...args: unknown[]): Promise<T> {
    return await callIn(this.#channel, fn, args);
  }

  async waitFor<T>(fn: PageFunction<T>, ...args: unknown[]): Promise<T> {
    const what = `${shortSource(fn)} with ${JSON.stringify(args)}`;
    return await this.#pollPage<T>(what, async () => (await this.evaluate(fn, ...args)) || undefined);
  }

  async waitForText(text: string | RegExp): Promise<void> {
    const isIn = (seen: string) => (typeof text === 'string' ? seen.includes(text) : text.test(seen));
    await this.#pollPage(`the text ${text}`, async () => isIn(await this.text()) || undefined);
  }

  async text(): Promise<string> {
    return await this.evaluate(readText);
  }

  async shadowText(host: string, selector: string): Promise<string | null> {
    return await this.#channel.shadowText(host, selector);
  }

  async waitForShadowText(host: string, selector: string, part: string): Promise<string> {
    let seen: string | null = null;
    const look = async () => {
      seen = await this.shadowText(host, selector);
      return seen?.includes(part) ? seen : undefined;
    };
    try {
      return await this.#pollPage(`"${part}" in ${selector} of ${host}`, look);
    } catch (error) {
      throw new Error(`${(error as Error).message} In ${selector} of ${host} there is: ${seen}`);
    }
  }

  async click(target: Target): Promise<void> {
    const { x, y } = await this.#waitUntilClickable(target);
    try {
      await this.#channel.clickAt(x, y);
    } catch (error) {
      // The click may have closed the surface, e.g. a popup that opened the side panel.
      if (await this.isOpen()) throw error;
    }
  }

  async type(target: Target, text: string): Promise<void> {
    await this.click(target);
    await this.evaluate(selectFocusedText);
    await this.#channel.typeText(text);
  }

  async press(key: string): Promise<void> {
    await this.#channel.press(key);
  }

  async screenshot(path: string): Promise<void> {
    await this.#channel.screenshot(path);
  }

  async setColorScheme(scheme: 'light' | 'dark'): Promise<void> {
    await this.#channel.setColorScheme(scheme);
    await this.waitFor((wanted) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches, scheme);
  }

  async addScript(source: string): Promise<void> {
    await this.#channel.evaluate(`${source}\n;undefined`);
  }

  async reloadAfter(fn: PageFunction<void>): Promise<void> {
    if (!this.#channel.reloadAfter)
      throw new Error(`${this.#name()} cannot run a script before its own: only Chromium's pages can.`);
    await this.#channel.reloadAfter(`(${fn})()`);
  }

  async frameUrls(): Promise<string[]> {
    return await this.#channel.frameUrls();
  }

  async isOpen(): Promise<boolean> {
    return await this.#channel.isOpen();
  }

  async close(): Promise<void> {
    if (await this.isOpen()) await this.#channel.close();
    const isGone = async () => ((await this.isOpen()) ? undefined : true);
    await pollUntil(isGone, { describe: () => `${this.#name()} did not close within ${WAIT_MS / 1000} s.` });
  }

  consoleErrors(): string[] {
    return this.#channel.consoleErrors();
  }

  async #waitUntilClickable(target: Target): Promise<{ x: number; y: number }> {
    const what = `${describeTarget(target)} to be clickable`;
    let before: Located | undefined;
    const look = async () => {
      const located: Located = JSON.parse((await this.#channel.evaluate(locateCall(target))) ?? 'null');
      const last = before;
      before = located;
      if (located.state !== 'ready') throw new Error(`it is ${located.state}: ${located.detail}`);
      const isAtRest = last?.state === 'ready' && last.x === located.x && last.y === located.y;
      return isAtRest ? located : undefined;
    };
    return await this.#pollPage(what, look);
  }

  /**
   * Polls something in the page. An error counts as "not yet", since a navigation or a re-render may lie between two
   * looks; a closed page does not.
   */
  async #pollPage<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    let lastError = '';
    const attempt = async () => {
      try {
        const value = await look();
        lastError = '';
        return value;
      } catch (error) {
        lastError = ` The last look failed: ${(error as Error).message.replace(/\.$/, '')}.`;
        if (await this.isOpen()) return undefined;
        const others = await this.#channel.describeOthers();
        throw new Error(`${this.#name()} was closed while waiting for ${what}.${lastError} ${others}`);
      }
    };
    return await pollUntil<T>(attempt, { describe: () => this.#describeTimeout(what, lastError) });
  }

  async #describeTimeout(what: string, lastError: string): Promise<string> {
    const text = await this.text().catch((error) => `(unreadable: ${String(error)})`);
    const seen = `Its text is: ${text.slice(0, 500)}`;
    return `${this.#name()} did not get as far as expected: waited ${WAIT_MS / 1000} s for ${what}.${lastError} ${seen}`;
  }

  #name(): string {
    return `The ${this.kind} ${this.#channel.url()}`;
  }
}

/** The beginning of a function's source, in one line. */
function shortSource(fn: PageFunction<unknown>): string {
  const source = String(fn).replace(/\s+/g, ' ');
  return source.length > 160 ? `${source.slice(0, 160)}…` : source;
}
