import { describe, expect, test, vi } from 'vitest';
import { hasPanel, type PanelBrowser, preparePanel } from '../src/ui/open-panel';

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

  test.each<[string, PanelBrowser]>([
    ['Opera’s sidebar, which a page cannot open', { sidebarAction: {}, windows }],
    ['a side panel without a way to open it', { sidePanel: {}, windows }],
  ])('is not %s', async (_, other) => {
    expect(hasPanel(other)).toBe(false);
    expect(await preparePanel(other)).toBeNull();
  });

  test('is Chrome’s side panel where Opera’s sidebar is, too', async () => {
    const opera = { sidebarAction: {}, sidePanel: { open: open() }, windows };
    expect(hasPanel(opera)).toBe(true);
    await (await preparePanel(opera))?.();
    expect(opera.sidePanel.open).toHaveBeenCalledWith({ windowId: 7 });
  });

  test('that a browser refuses to open is a rejection, never a throw', async () => {
    const refuse = () => {
      throw new Error('Side panels are disabled');
    };
    const openPanel = await preparePanel({ sidePanel: { open: refuse }, windows });
    await expect(openPanel?.()).rejects.toThrow('Side panels are disabled');
  });

  test('is offered by no browser that has neither', async () => {
    const other: PanelBrowser = { windows };
    expect(hasPanel(other)).toBe(false);
    expect(await preparePanel(other)).toBeNull();
  });
});
