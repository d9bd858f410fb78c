import { afterEach, expect, test, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { markUrl } from '../src/shared/brand';

afterEach(() => vi.restoreAllMocks());

function withIcons(icons: Record<number, string>): void {
  vi.spyOn(browser.runtime, 'getManifest').mockReturnValue({ icons } as never);
  vi.spyOn(browser.runtime, 'getURL').mockReturnValue('moz-extension://id/');
}

test.each([
  ['as Chromium gives it', 'icon/128.png'],
  ['with a slash before it', '/icon/128.png'],
  ['as Firefox gives it', 'moz-extension://id/icon/128.png'],
])('the mark is the largest icon, %s', (_, path) => {
  withIcons({ 16: 'icon/16.png', 128: path });
  expect(markUrl()).toBe('moz-extension://id/icon/128.png');
});

test('an extension without icons has none', () => {
  withIcons({});
  expect(markUrl()).toBeNull();
});
