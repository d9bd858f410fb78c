import { browser } from 'wxt/browser';
import { MessageError } from '../../messages/message-error';
import { OPENING_PAGE } from '../../shared/sso';
import { NO_TAB } from '../../shared/sso-attempt';
import { systemClock } from '../clock';

/** The window with a provider's page. It is of the web, and shares nothing with the extension. */
export interface ProviderWindow {
  /** Opens it, with an empty page: what it loads could be back before anybody has noted its tab. @returns Its tab. */
  open(): Promise<number>;
  load(tabId: number, url: string): Promise<void>;
  isOpen(tabId: number): Promise<boolean>;
  /** What is closed already is no error. `NO_TAB`: whatever was opened, and not loaded. */
  close(tabId: number): Promise<void>;
}

// WXT knows only of the pages that are entrypoints.
const openingPage = () => browser.runtime.getURL('/') + OPENING_PAGE;

/** The tabs in which it is still the empty page. */
async function findEmpty(): Promise<(number | undefined)[]> {
  // The extension finds its own pages without a permission (seen in Chromium 156 and Firefox 153).
  return (await browser.tabs.query({ url: openingPage() })).map(({ id }) => id);
}

/** Until it is there, what was loaded before it may still be what the window shows. */
async function untilEmpty(tabId: number): Promise<void> {
  for (let tries = 0; tries < 50 && !(await findEmpty()).includes(tabId); tries += 1)
    await systemClock.wait(20);
}

async function load(tabId: number, url: string, options = {}): Promise<void> {
  await browser.tabs.update(tabId, { url, ...options });
}

export const providerWindow: ProviderWindow = {
  async open() {
    // Of about the size that providers lay their pages out for.
    const size = { width: 520, height: 720 };
    const window = await browser.windows.create({ type: 'popup', url: openingPage(), ...size });
    const tabId = window?.tabs?.[0]?.id;
    if (tabId === undefined) throw new MessageError('internal');
    // Firefox would put it over what is loaded before it is there (seen in Firefox 153).
    await untilEmpty(tabId);
    return tabId;
  },
  load,
  isOpen: (tabId) =>
    browser.tabs.get(tabId).then(
      () => true,
      () => false,
    ),
  async close(tabId) {
    const tabs = tabId === NO_TAB ? await findEmpty() : [tabId];
    // Firefox keeps the addresses of a closed tab on the disk (sessionstore.jsonlz4, seen in Firefox 153): what came back from
    // the provider is replaced before that, by an option of its own (`loadReplace`: MDN, tabs.update).
    if (import.meta.env.FIREFOX)
      await load(tabId, openingPage(), { loadReplace: true }).then(
        () => untilEmpty(tabId),
        () => {},
      );
    await browser.tabs.remove(tabs as number[]).catch(() => {});
  },
};
