import { browser } from 'wxt/browser';

/**
 * The parts of the browser that know of a panel: Chrome has `sidePanel`, Firefox `sidebarAction`. Edge, Brave, Opera and
 * Vivaldi may have neither, or one of that name that cannot be opened (Opera's `sidebarAction` has no `open`:
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/sidebarAction/open).
 */
export interface PanelBrowser {
  sidebarAction?: { open?(): Promise<void> };
  sidePanel?: { open?(options: { windowId: number }): Promise<void> };
  windows: { getCurrent(): Promise<{ id?: number | undefined }> };
}

/** Opens the panel. Call it straight from a click: browsers want the person's own gesture. */
export type OpenPanel = () => Promise<void>;

// @types/chrome, on which WXT's types stand, knows nothing of Firefox's sidebar.
const thisBrowser = browser as unknown as PanelBrowser;

/** Can this browser show a panel? */
export function hasPanel({ sidebarAction, sidePanel }: PanelBrowser = thisBrowser): boolean {
  return Boolean(sidebarAction?.open ?? sidePanel?.open);
}

/** Learns ahead of the click what `sidePanel.open` needs to know: an await inside the click would lose the gesture. */
export async function preparePanel(api: PanelBrowser = thisBrowser): Promise<OpenPanel | null> {
  const { sidebarAction, sidePanel } = api;
  if (sidebarAction?.open) return async () => sidebarAction.open?.();
  const { id: windowId } = await api.windows.getCurrent();
  if (!sidePanel?.open || windowId === undefined) return null;
  return async () => sidePanel.open?.({ windowId });
}
