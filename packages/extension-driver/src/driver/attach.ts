import { attachToChromium } from './chromium/chromium-browser.ts';
import { attachToFirefox } from './firefox/firefox-browser.ts';
import type { AttachedBrowser, AttachOptions, BrowserName } from './types.ts';

/**
 * Drives an extension in a browser that another program has started, such as a development server: with its debugging
 * port open (`--remote-debugging-port=0`; Firefox also needs `--remote-allow-system-access`), and on a known profile.
 * Waits up to 15 s for browser and extension.
 *
 * @throws {Error} When one of them is not there by then.
 */
export async function attachToExtensionBrowser(
  name: BrowserName,
  options: AttachOptions,
): Promise<AttachedBrowser> {
  return await (name === 'firefox' ? attachToFirefox(options) : attachToChromium(options));
}
