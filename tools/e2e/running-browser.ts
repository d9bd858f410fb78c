import { type ExtensionBrowser, type LaunchOptions, launchExtensionBrowser } from 'extension-driver';
import { inject } from 'vitest';

type Options = Pick<LaunchOptions, 'extensionPath' | 'trustedServers' | 'language'>;

/**
 * The browser that tests share, one after the other. One at a time: what an idle one still does, such as telling a server
 * of a sign-out, would be seen by the tests that come after it.
 */
export class RunningBrowser {
  #browser: ExtensionBrowser | undefined;
  #options = '';

  /** The one that was started like this: the running one, or a new one in its place. */
  async startedWith(options: Options): Promise<ExtensionBrowser> {
    if (this.#browser && this.#options === JSON.stringify(options)) return this.#browser;
    await this.close();
    this.#browser = await launchExtensionBrowser(inject('browserName'), {
      ...options,
      executablePath: inject('executablePath'),
      headless: true,
      windowSize: { width: 1280, height: 860 },
    });
    this.#options = JSON.stringify(options);
    return this.#browser;
  }

  /** Ends it, if there is one. The next test starts another. */
  async close(): Promise<void> {
    const browser = this.#browser;
    this.#browser = undefined;
    await browser?.close();
  }
}
