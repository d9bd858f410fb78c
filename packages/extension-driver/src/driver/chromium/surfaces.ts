import type { Browser, Target as BrowserTarget, Page } from 'puppeteer-core';
import { createSurface } from '../driven-surface.ts';
import { describeEnd, expectRunning } from '../end-browser.ts';
import { pollUntil } from '../poll.ts';
import type { Surface, SurfaceKind } from '../types.ts';
import { createChromiumChannel } from './page-channel.ts';
import type { VirtualDevice } from './virtual-device.ts';

/** Finds the browser's pages and remembers the surface made for each. */
export class ChromiumSurfaces {
  readonly #browser: Browser;
  readonly #extensionOrigin: string;
  readonly #known = new Map<BrowserTarget, Surface>();
  readonly #devices: VirtualDevice[] = [];

  constructor(browser: Browser, extensionOrigin: string) {
    this.#browser = browser;
    this.#extensionOrigin = extensionOrigin;
    browser.on('targetdestroyed', (target) => this.#known.delete(target));
  }

  /** The surface of a page, which nobody else will be given. */
  async adopt(page: Page, kind: SurfaceKind): Promise<Surface> {
    const channel = await createChromiumChannel(page, kind, () => this.describe());
    for (const device of this.#devices) await device.appearIn(page);
    const surface = createSurface(kind, channel);
    this.#known.set(page.target(), surface);
    return surface;
  }

  /** The surface of this kind whose URL contains `part`; a tab only if nobody was given it before. */
  async wait(kind: SurfaceKind, part: string, timeoutMs?: number): Promise<Surface> {
    const describe = () => `No ${kind} with "${part}" in its URL appeared. ${this.describe()}`;
    const options = timeoutMs === undefined ? { describe } : { describe, timeoutMs };
    return await pollUntil(() => this.find(kind, part), options);
  }

  async find(kind: SurfaceKind, part: string): Promise<Surface | undefined> {
    expectRunning(this.#browser);
    for (const target of this.#pages()) {
      if (!target.url().includes(part)) continue;
      const known = this.#known.get(target);
      if (known?.kind === kind && kind !== 'tab') return known;
      if (known === undefined && (await this.#kindOf(target)) === kind) {
        return await this.adopt(await target.asPage(), kind);
      }
    }
    return undefined;
  }

  /** Plugs a device in: for the pages that have a surface, and for those that get one. */
  async plugIn(device: VirtualDevice): Promise<void> {
    this.#devices.push(device);
    for (const target of this.#known.keys()) await device.appearIn(await target.asPage());
  }

  /** The tab that the person sees. */
  async findFrontTab(): Promise<Page | undefined> {
    for (const target of this.#pages()) {
      if ((await this.#kindOf(target)) !== 'tab') continue;
      const page = await target.asPage();
      if (await page.evaluate(() => document.visibilityState === 'visible')) return page;
    }
    return undefined;
  }

  /** What is open, in one line for error messages. */
  describe(): string {
    const lines = this.#browser.targets().map((target) => `${target.type()} ${target.url() || '(no URL)'}`);
    return describeEnd(this.#browser) ?? `Open targets: ${lines.join(', ') || 'none'}`;
  }

  #pages(): BrowserTarget[] {
    return this.#browser.targets().filter((target) => target.type() === 'page');
  }

  /** Undefined while the page is too young to tell, or already gone. */
  async #kindOf(target: BrowserTarget): Promise<SurfaceKind | undefined> {
    if (!target.url().startsWith(`${this.#extensionOrigin}/`)) return 'tab';
    try {
      const page = await target.asPage();
      return await page.evaluate(kindOfExtensionPage);
    } catch {
      return undefined;
    }
  }
}

/** A popup and a side panel both have no tab; only the popup is listed among the popup views. Runs in the page. */
function kindOfExtensionPage(): SurfaceKind | undefined {
  if (document.readyState === 'loading') return undefined;
  interface Views {
    extension: { getViews(filter: { type: string }): unknown[] };
  }
  const { extension } = (globalThis as unknown as { chrome: Views }).chrome;
  if (extension.getViews({ type: 'popup' }).includes(globalThis)) return 'popup';
  return extension.getViews({ type: 'tab' }).includes(globalThis) ? 'tab' : 'panel';
}
