import { type ExtensionBrowser, type LaunchOptions, launchExtensionBrowser } from 'extension-driver';
import { inject } from 'vitest';

type Options = Pick<LaunchOptions, 'extensionPath' | 'trustedServers' | 'language'>;

interface Running {
  browser: ExtensionBrowser;
  options: string;
}

/**
 * The browsers that tests share, one after the other. One at a time for each server: what an idle one still does, such as
 * telling its server of a sign-out, would be seen by the tests that come after it.
 */
export class RunningBrowser {
  /** By the addresses of their servers. */
  readonly #running = new Map<string, Running>();

  /** The one that was started like this: the running one, or a new one in the place of its server's. */
  async startedWith(options: Options): Promise<ExtensionBrowser> {
    const servers = serversOf(options);
    const known = this.#running.get(servers);
    if (known?.options === JSON.stringify(options)) return known.browser;
    await this.#close(servers);
    const browser = await launchExtensionBrowser(inject('browserName'), {
      ...options,
      executablePath: inject('executablePath'),
      headless: true,
      windowSize: { width: 1280, height: 860 },
    });
    this.#running.set(servers, { browser, options: JSON.stringify(options) });
    return browser;
  }

  /** Ends those that there are. The next test starts another. */
  async close(): Promise<void> {
    for (const servers of [...this.#running.keys()]) await this.#close(servers);
  }

  async #close(servers: string): Promise<void> {
    const known = this.#running.get(servers);
    this.#running.delete(servers);
    await known?.browser.close();
  }
}

function serversOf({ trustedServers = [] }: Options): string {
  return trustedServers.map(({ url }) => url).join(' ');
}
