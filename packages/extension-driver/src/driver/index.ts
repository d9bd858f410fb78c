import { launchChromium } from './chromium/chromium-browser.ts';
import { launchFirefox } from './firefox/firefox-browser.ts';
import type { BrowserName, ExtensionBrowser, LaunchOptions } from './types.ts';

export { attachToExtensionBrowser } from './attach.ts';
export type {
  AttachedBrowser,
  AttachOptions,
  BrowserName,
  ExtensionBrowser,
  LaunchOptions,
  PageFunction,
  Passkey,
  Surface,
  SurfaceKind,
  Target,
  TrustedServer,
  VirtualAuthenticator,
} from './types.ts';

// The steps find buttons by their English names.
const LANGUAGE = 'en-US';

/**
 * Starts a real browser with the built extension in it, to be driven the way a person does.
 * @throws Error when the folder is not a built extension or the browser does not start.
 */
export async function launchExtensionBrowser(
  name: BrowserName,
  options: LaunchOptions,
): Promise<ExtensionBrowser> {
  const withLanguage = { language: LANGUAGE, ...options };
  return await (name === 'firefox' ? launchFirefox(withLanguage) : launchChromium(withLanguage));
}
