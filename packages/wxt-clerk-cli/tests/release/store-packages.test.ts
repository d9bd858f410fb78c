// @vitest-environment node
import { expect, test } from 'vitest';
import { settingsOf } from '../../src/release/store-packages.ts';

const settings = { WXT_CLERK_PUBLISHABLE_KEY: 'pk_live_x', WXT_STRIP_ORIGIN: 'true' };

function packagesWith(permissions: string[]) {
  const manifest = Buffer.from(JSON.stringify({ permissions }));
  const tree = new Map([['manifest.json', manifest]]);
  return { settings, trees: { chrome: tree, firefox: new Map(), sources: new Map() } };
}

test('Firefox was built with what its sources package says', () => {
  expect(settingsOf(packagesWith([]), 'firefox')).toEqual(settings);
});

test('Chrome was built without what only Firefox has', () => {
  expect(settingsOf(packagesWith(['storage']), 'chrome')).toEqual({ WXT_CLERK_PUBLISHABLE_KEY: 'pk_live_x' });
});

test('Chrome was built with it when its manifest says so', () => {
  const packages = packagesWith(['storage', 'declarativeNetRequestWithHostAccess']);
  expect(settingsOf(packages, 'chrome')).toEqual(settings);
  const withoutFirefox = { ...packages, settings: { WXT_CLERK_PUBLISHABLE_KEY: 'pk_live_x' } };
  expect(settingsOf(withoutFirefox, 'chrome')).toEqual(settings);
});
