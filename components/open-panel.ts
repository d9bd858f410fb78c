import { browser } from '#imports';

// @types/chrome, on which WXT's types stand, knows nothing of Firefox's sidebar.
interface SidebarAction {
  open(): Promise<void>;
}

const sidebarAction = (browser as unknown as { sidebarAction?: SidebarAction }).sidebarAction;

let windowId: number | undefined;

/** Can this browser show the panel? Some Chromium browsers have no side panel. */
export function canOpenPanel(): boolean {
  return Boolean(sidebarAction ?? browser.sidePanel);
}

/** Learns the window ahead of the click: `sidePanel.open` must be called in the click itself, without an await before it. */
export async function preparePanel(): Promise<void> {
  windowId = (await browser.windows.getCurrent()).id;
}

/** Opens Chrome's side panel or Firefox's sidebar. Call it straight from a click, after `preparePanel`. */
export async function openPanel(): Promise<void> {
  if (sidebarAction) await sidebarAction.open();
  else if (windowId !== undefined) await browser.sidePanel.open({ windowId });
  window.close();
}
