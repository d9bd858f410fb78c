import { describe, expect, test, vi } from 'vitest';
import { hasPanel, type PanelBrowser, preparePanel } from '../../components/open-panel';

const windows = { getCurrent: async () => ({ id: 7 }) };
const open = () => vi.fn(async () => {});

describe('the panel', () => {
  test('is Chrome’s side panel of this window', async () => {
    const chrome = { sidePanel: { open: open() }, windows };
    expect(hasPanel(chrome)).toBe(true);
    await (await preparePanel(chrome))?.();
    expect(chrome.sidePanel.open).toHaveBeenCalledWith({ windowId: 7 });
  });

  test('is Firefox’s sidebar', async () => {
    const firefox = { sidebarAction: { open: open() }, windows };
    expect(hasPanel(firefox)).toBe(true);
    await (await preparePanel(firefox))?.();
    expect(firefox.sidebarAction.open).toHaveBeenCalled();
  });

  test('is offered by no browser that has neither', async () => {
    const other: PanelBrowser = { windows };
    expect(hasPanel(other)).toBe(false);
    expect(await preparePanel(other)).toBeNull();
  });
});
