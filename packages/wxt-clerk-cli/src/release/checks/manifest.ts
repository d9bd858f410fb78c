import { expectText, type FileTree } from '../file-tree.ts';

/** Plain JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a release may change without a review: it stands in the snapshot as a placeholder. */
export interface Placeholders {
  version: string;
  /** Host of the Frontend API, with its port if it has one. */
  frontendApi: string;
}

/** The manifest as the snapshot has it. */
export function toSnapshot(manifest: Json, { version, frontendApi }: Placeholders): Json {
  const { hostname } = new URL(`https://${frontendApi}`);
  const text = JSON.stringify(manifest, (key, value: Json) => {
    if (key === 'version' && value === version) return '{version}';
    if (typeof value !== 'string') return value;
    // Match patterns leave the port out.
    return value.replaceAll(frontendApi, '{frontendApi}').replaceAll(hostname, '{frontendApi}');
  });
  return JSON.parse(text);
}

/** Where two manifests differ, one line a value; the order of keys does not count, the order in lists does. */
export function compareManifests(reviewed: Json, built: Json): string[] {
  const before = flatten(reviewed);
  const after = flatten(built);
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .filter((path) => before.get(path) !== after.get(path))
    .map(
      (path) => `${path}: reviewed ${before.get(path) ?? 'nothing'}, built ${after.get(path) ?? 'nothing'}`,
    );
}

function flatten(value: Json, path = ''): Map<string, string> {
  const isLeaf = value === null || typeof value !== 'object' || Object.keys(value).length === 0;
  if (isLeaf) return new Map(path ? [[path, JSON.stringify(value)]] : []);
  const entries = Object.entries(value).map(([key, child]) =>
    flatten(child, Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key),
  );
  return new Map(entries.flatMap((map) => [...map]));
}

/** What a store needs: the package's own version, a fixed id for Firefox, and no `key`, which the Chrome Web Store refuses. */
export function checkStoreRules(tree: FileTree, browser: 'chrome' | 'firefox', version: string): string[] {
  const manifest = readManifest(tree);
  const problems: string[] = [];
  if ('key' in manifest) problems.push('manifest.json has "key", which belongs in development builds only');
  if (manifest.version !== version)
    problems.push(`manifest.json has version ${manifest.version}, package.json ${version}`);
  if (browser === 'firefox' && !manifest.browser_specific_settings?.gecko?.id)
    problems.push('manifest.json has no browser_specific_settings.gecko.id');
  return problems;
}

/** In pixels: toolbar, Windows, extension pages, Firefox’s add-ons manager, installation and store. */
export const ICON_SIZES: readonly number[] = [16, 32, 48, 96, 128];

/** Every size of the icon is named, there, and a square PNG of that size. */
export function checkIcons(tree: FileTree): string[] {
  const { icons = {} } = readManifest(tree);
  return ICON_SIZES.flatMap((size) => {
    const path = icons[String(size)];
    if (!path) return [`manifest.json names no icon of ${size} pixels`];
    const file = tree.get(path.replace(/^\//, ''));
    if (!file) return [`${path} is named in the manifest, but is not in the package`];
    const [width, height] = pngSize(file);
    return width === size && height === size
      ? []
      : [`${path} is ${width} × ${height}, not ${size} × ${size}`];
  });
}

// A PNG starts with 8 fixed bytes and the IHDR chunk, in which width and height stand at bytes 16 and 20.
function pngSize(file: Buffer): [number, number] {
  const isPng = file.length >= 24 && file.toString('latin1', 1, 4) === 'PNG';
  return isPng ? [file.readUInt32BE(16), file.readUInt32BE(20)] : [0, 0];
}

/** In characters, by the Chrome Web Store. */
const TEXT_LIMITS = { name: 75, description: 132 } as const;

/** Name and description exist in every language of the package and are not longer than the store allows. */
export function checkTexts(tree: FileTree): string[] {
  const manifest = readManifest(tree);
  const languages = [...tree.keys()].flatMap(
    (path) => /^_locales\/([^/]+)\/messages\.json$/.exec(path)?.[1] ?? [],
  );
  return Object.entries(TEXT_LIMITS).flatMap(([field, limit]) => {
    const text = manifest[field as keyof typeof TEXT_LIMITS] ?? '';
    const message = /^__MSG_(\w+)__$/.exec(text)?.[1];
    if (!message) return describeText(`manifest.json: ${field}`, text, limit);
    if (languages.length === 0)
      return [`manifest.json: ${field} is ${text}, but there is no _locales folder`];
    return languages.flatMap((language) => {
      const path = `_locales/${language}/messages.json`;
      const messages: Record<string, { message?: string }> = JSON.parse(expectText(tree, path));
      return describeText(`${path}: ${message}`, messages[message]?.message ?? '', limit);
    });
  });
}

function describeText(where: string, text: string, limit: number): string[] {
  if (text.trim() === '') return [`${where} is empty`];
  return text.length > limit ? [`${where} has ${text.length} characters, the store takes ${limit}`] : [];
}

interface Manifest {
  name?: string;
  description?: string;
  version?: string;
  icons?: Record<string, string>;
  browser_specific_settings?: { gecko?: { id?: string } };
}

function readManifest(tree: FileTree): Manifest {
  return JSON.parse(expectText(tree, 'manifest.json'));
}
