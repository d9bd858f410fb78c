import 'webextension-polyfill';

// `browser` of `wxt/browser` and '#imports' is the polyfill's, typed by WXT. Who imports `webextension-polyfill` itself gets
// its own types, which lack what Chrome alone has: https://developer.chrome.com/docs/extensions/reference/api/sidePanel
declare module 'webextension-polyfill' {
  /** Undefined in Firefox, which has `sidebarAction`, and in some browsers on Chromium. */
  const sidePanel: { open(options: { windowId: number } | { tabId: number }): Promise<void> } | undefined;
}
