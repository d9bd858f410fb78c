import { createSurface } from '../driven-surface.ts';
import { pollUntil } from '../poll.ts';
import type { Surface, SurfaceKind } from '../types.ts';
import type { ChromeContext } from './chrome-context.ts';
import { createFirefoxChannel } from './frame-channel.ts';
import { listOpenPages, type OpenPage } from './window-functions.ts';

/** Finds the browser's pages and remembers the surface made for each. */
export class FirefoxSurfaces {
  readonly #chrome: ChromeContext;
  readonly #known = new Map<number, Surface>();

  constructor(chrome: ChromeContext) {
    this.#chrome = chrome;
  }

  /** The surface of a page that the driver opened itself. */
  adopt(page: OpenPage): Surface {
    const surface = createSurface(
      page.kind,
      createFirefoxChannel(this.#chrome, page, () => this.describe()),
    );
    this.#known.set(page.browserId, surface);
    return surface;
  }

  /** The surface of this kind whose URL contains `part`; a tab only if nobody was given it before. */
  async wait(kind: SurfaceKind, part: string, timeoutMs?: number): Promise<Surface> {
    const describe = async () => `No ${kind} with "${part}" in its URL appeared. ${await this.describe()}`;
    const options = timeoutMs === undefined ? { describe } : { describe, timeoutMs };
    return await pollUntil(() => this.find(kind, part), options);
  }

  async find(kind: SurfaceKind, part: string): Promise<Surface | undefined> {
    for (const page of await this.#chrome.run(listOpenPages)) {
      if (page.kind !== kind || !page.url.includes(part)) continue;
      const known = this.#known.get(page.browserId);
      if (known === undefined) return this.adopt(page);
      if (kind !== 'tab') return known;
    }
    return undefined;
  }

  /** What is open, in one line for error messages. Never rejects. */
  async describe(): Promise<string> {
    const pages = await this.#chrome.run(listOpenPages).catch(() => []);
    const lines = pages.map(({ kind, url }) => `${kind} ${url || '(no URL)'}`);
    return this.#chrome.describeEnd() ?? `Open pages: ${lines.join(', ') || 'none'}`;
  }
}
