import type { SurfaceKind } from '../types.ts';
import type { FrameReply } from './frame-script.ts';
import type { Privileged } from './privileged.ts';

// Every function here runs in Firefox's own window and is sent there as source text: it may use nothing outside itself.

/** One open page; `browserId` names it for as long as it is open, whatever it navigates to. */
export interface OpenPage {
  browserId: number;
  kind: SurfaceKind;
  url: string;
}

/** A request to the frame script beside a page. */
export type FrameRequest =
  | { kind: 'evaluate'; expression: string }
  | { kind: 'shadow-text'; host: string; selector: string }
  | { kind: 'click'; x: number; y: number }
  | { kind: 'text'; text: string }
  | { kind: 'key'; key: string };

/** Lists tabs, open popups and the extension's sidebar of every window. */
export function listOpenPages(): OpenPage[] {
  const { Services } = globalThis as Privileged;
  const page = (kind: SurfaceKind, browser: Privileged): OpenPage => ({
    browserId: browser.browserId,
    kind,
    url: browser.currentURI?.spec ?? '',
  });
  return Array.from(Services.wm.getEnumerator('navigator:browser')).flatMap((window: Privileged) => {
    const popups = Array.from(window.document.querySelectorAll('browser.webextension-popup-browser'));
    const open = popups.filter((browser: Privileged) => browser.closest('panel')?.state === 'open');
    const sidebar = window.document.getElementById('sidebar')?.contentDocument?.querySelector('browser');
    return [
      ...open.map((browser) => page('popup', browser)),
      ...(sidebar ? [page('panel', sidebar)] : []),
      ...window.gBrowser.browsers.map((browser: Privileged) => page('tab', browser)),
    ];
  });
}

/** Sends a request to the frame script beside a page, which is loaded on first use, and waits for its reply. */
export async function askFrame(
  browserId: number,
  request: FrameRequest,
  frameScriptUrl: string,
): Promise<FrameReply> {
  const chrome = globalThis as Privileged;
  const browser = chrome.BrowsingContext.getCurrentTopByBrowserId(browserId)?.embedderElement;
  if (!browser) throw new Error('the page is closed');
  const { messageManager } = browser;
  chrome.driverManagers ??= new WeakSet();
  if (!chrome.driverManagers.has(messageManager)) {
    chrome.driverManagers.add(messageManager);
    messageManager.loadFrameScript(frameScriptUrl, false);
  }
  chrome.driverRequests = (chrome.driverRequests ?? 0) + 1;
  const id = chrome.driverRequests;
  return await new Promise((resolve, reject) => {
    const settle = () => {
      clearInterval(timer);
      messageManager.removeMessageListener('driver:reply', onReply);
    };
    const onReply = ({ data }: { data: FrameReply }) => {
      if (data.id !== id) return;
      settle();
      resolve(data);
    };
    // A page that is closed or moves to another process never answers.
    const timer = setInterval(() => {
      if (browser.isConnected && browser.messageManager === messageManager) return;
      settle();
      reject(new Error('the page was closed or left while it was being asked'));
    }, 50);
    messageManager.addMessageListener('driver:reply', onReply);
    messageManager.sendAsyncMessage('driver:request', { ...request, id });
  });
}

/** Brings a page to the front and gives it the keyboard, as a click by a person would. */
export function focusPage(browserId: number): void {
  const { BrowsingContext } = globalThis as Privileged;
  const browser = BrowsingContext.getCurrentTopByBrowserId(browserId)?.embedderElement;
  if (!browser) throw new Error('the page is closed');
  const { gBrowser } = browser.ownerDocument.defaultView;
  const tab = gBrowser?.getTabForBrowser(browser);
  if (tab) gBrowser.selectedTab = tab;
  browser.focus();
}

/** Closes a tab, a popup or the sidebar. */
export function closePage(browserId: number, kind: SurfaceKind): void {
  const { BrowsingContext } = globalThis as Privileged;
  const browser = BrowsingContext.getCurrentTopByBrowserId(browserId)?.embedderElement;
  if (!browser) return;
  const window = browser.ownerDocument.defaultView.browsingContext.topChromeWindow;
  if (kind === 'popup') browser.closest('panel').hidePopup();
  else if (kind === 'panel') window.SidebarController.hide();
  else window.gBrowser.removeTab(window.gBrowser.getTabForBrowser(browser));
}

/** A picture of what the page shows, as a PNG data URL. */
export async function snapshotPage(browserId: number): Promise<string> {
  const { BrowsingContext, document } = globalThis as Privileged;
  const { currentWindowGlobal } = BrowsingContext.getCurrentTopByBrowserId(browserId);
  const bitmap = await currentWindowGlobal.drawSnapshot(null, 1, 'white');
  const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d').drawImage(bitmap, 0, 0);
  return canvas.toDataURL('image/png');
}

/** Addresses of the documents in a page's frames. */
export function listFrameUrls(browserId: number): string[] {
  const { BrowsingContext } = globalThis as Privileged;
  const top = BrowsingContext.getCurrentTopByBrowserId(browserId);
  const contexts: Privileged[] = top.getAllBrowsingContextsInSubtree();
  return contexts
    .filter((context) => context !== top)
    .map((context) => context.currentWindowGlobal?.documentURI?.spec ?? '');
}

/** Overrides `prefers-color-scheme` for one page. */
export function overrideColorScheme(browserId: number, scheme: 'light' | 'dark'): void {
  const { BrowsingContext } = globalThis as Privileged;
  BrowsingContext.getCurrentTopByBrowserId(browserId).prefersColorSchemeOverride = scheme;
}

/** Opens a new tab in front with the rights of a typed address. */
export function openTab(url: string): number {
  const { Services } = globalThis as Privileged;
  const { gBrowser } = Services.wm.getMostRecentWindow('navigator:browser');
  const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
  const tab = gBrowser.addTab(url, { triggeringPrincipal });
  gBrowser.selectedTab = tab;
  return tab.linkedBrowser.browserId;
}
