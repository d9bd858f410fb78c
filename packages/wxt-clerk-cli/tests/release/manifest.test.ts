// @vitest-environment node
import { expect, test } from 'vitest';
import {
  checkIcons,
  checkStoreRules,
  checkTexts,
  compareManifests,
  toSnapshot,
} from '../../src/release/checks/manifest';
import { packageOf } from './package';

const withManifest = (manifest: object, files: Record<string, string | Buffer> = {}) =>
  packageOf({ 'manifest.json': JSON.stringify(manifest), ...files });

const MANIFEST = {
  version: '1.2.0',
  permissions: ['storage'],
  host_permissions: ['https://clerk.example.com/*'],
};

test('version and Frontend API stand in the snapshot as placeholders, wherever they are', () => {
  const manifest = {
    ...MANIFEST,
    content_security_policy: { extension_pages: 'connect-src https://clerk.example.com' },
  };
  expect(toSnapshot(manifest, { version: '1.2.0', frontendApi: 'clerk.example.com' })).toEqual({
    version: '{version}',
    permissions: ['storage'],
    host_permissions: ['https://{frontendApi}/*'],
    content_security_policy: { extension_pages: 'connect-src https://{frontendApi}' },
  });
});

test('a port of the Frontend API is in the policy and not in the match pattern', () => {
  const manifest = {
    host_permissions: ['https://clerk.localhost/*'],
    content_security_policy: { extension_pages: 'connect-src https://clerk.localhost:8443' },
  };
  expect(toSnapshot(manifest, { version: '1', frontendApi: 'clerk.localhost:8443' })).toEqual({
    host_permissions: ['https://{frontendApi}/*'],
    content_security_policy: { extension_pages: 'connect-src https://{frontendApi}' },
  });
});

test('a manifest for the host of another key differs from the snapshot', () => {
  const reviewed = { host_permissions: ['https://{frontendApi}/*'] };
  const built = toSnapshot(
    { host_permissions: ['https://clerk.example.org/*'] },
    { version: '1', frontendApi: 'clerk.example.com' },
  );
  expect(compareManifests(reviewed, built)).toEqual([
    'host_permissions[0]: reviewed "https://{frontendApi}/*", built "https://clerk.example.org/*"',
  ]);
});

test('a permission more, one less and a changed value are named', () => {
  const reviewed = { permissions: ['storage', 'alarms'], action: { default_title: 'A' } };
  expect(
    compareManifests(reviewed, { permissions: ['storage'], action: { default_title: 'B' }, key: 'x' }),
  ).toEqual([
    'action.default_title: reviewed "A", built "B"',
    'key: reviewed nothing, built "x"',
    'permissions[1]: reviewed "alarms", built nothing',
  ]);
});

test('an empty list is not the same as none', () => {
  expect(compareManifests({ permissions: [] }, {})).toEqual(['permissions: reviewed [], built nothing']);
});

test('the order of keys does not count', () => {
  expect(compareManifests({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
});

const GECKO = { browser_specific_settings: { gecko: { id: 'a@example.com' } } };

test('a manifest with "key" belongs to no store', () => {
  expect(checkStoreRules(withManifest({ ...MANIFEST, key: 'MII…' }), 'chrome', '1.2.0')).toEqual([
    'manifest.json has "key", which belongs in development builds only',
  ]);
});

test('a package of another version', () => {
  expect(checkStoreRules(withManifest(MANIFEST), 'chrome', '1.3.0')).toEqual([
    'manifest.json has version 1.2.0, package.json 1.3.0',
  ]);
});

test('Firefox needs an id, Chrome does not', () => {
  expect(checkStoreRules(withManifest(MANIFEST), 'firefox', '1.2.0')).toEqual([
    'manifest.json has no browser_specific_settings.gecko.id',
  ]);
  expect(checkStoreRules(withManifest({ ...MANIFEST, ...GECKO }), 'firefox', '1.2.0')).toEqual([]);
  expect(checkStoreRules(withManifest(MANIFEST), 'chrome', '1.2.0')).toEqual([]);
});

const SIZES = [16, 32, 48, 96, 128];
const ICONS = Object.fromEntries(SIZES.map((size) => [size, `icon/${size}.png`]));

function pngOf(width: number, height = width): Buffer {
  const head = Buffer.alloc(24);
  head.write('\x89PNG\r\n\x1a\n', 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

const pictures = () => Object.fromEntries(SIZES.map((size) => [`icon/${size}.png`, pngOf(size)]));

test('icons of every size pass', () => {
  expect(checkIcons(withManifest({ icons: ICONS }, pictures()))).toEqual([]);
});

test('an icon that is not named, not there, of another size, or no PNG', () => {
  const { 16: _, ...icons } = ICONS;
  const files: Record<string, Buffer> = {
    ...pictures(),
    'icon/48.png': pngOf(48, 47),
    'icon/96.png': Buffer.from('<svg/>'),
  };
  delete files['icon/32.png'];
  expect(checkIcons(withManifest({ icons }, files))).toEqual([
    'manifest.json names no icon of 16 pixels',
    'icon/32.png is named in the manifest, but is not in the package',
    'icon/48.png is 48 × 47, not 48 × 48',
    'icon/96.png is 0 × 0, not 96 × 96',
  ]);
});

test('texts of the manifest are measured', () => {
  const manifest = { name: '', description: 'x'.repeat(133) };
  expect(checkTexts(withManifest(manifest))).toEqual([
    'manifest.json: name is empty',
    'manifest.json: description has 133 characters, the store takes 132',
  ]);
});

const TRANSLATED = { name: '__MSG_name__', description: '__MSG_description__', default_locale: 'en' };
const messages = (name: string, description: string) =>
  JSON.stringify({ name: { message: name }, description: { message: description } });

test('texts are measured in every language', () => {
  const tree = withManifest(TRANSLATED, {
    '_locales/en/messages.json': messages('Name', 'Description'),
    '_locales/de/messages.json': messages('N'.repeat(76), 'Beschreibung'),
    '_locales/fr/messages.json': JSON.stringify({ name: { message: 'Nom' } }),
  });
  expect(checkTexts(tree)).toEqual([
    '_locales/de/messages.json: name has 76 characters, the store takes 75',
    '_locales/fr/messages.json: description is empty',
  ]);
});

test('texts by messages, without a message', () => {
  expect(checkTexts(withManifest(TRANSLATED))).toHaveLength(2);
});
