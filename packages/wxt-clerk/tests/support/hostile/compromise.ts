import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostileContentScript } from './content-script.ts';

const FILE = 'hostile-content-script.js';

/** What a test adds to a copy besides the content script. */
interface Additions {
  /** Pages of the extension that every web page may frame, as a mistake in the manifest would allow. */
  webAccessible?: string[];
}

/**
 * Copies a built extension and adds a content script in the hands of an attacker, on every loopback site and in every
 * frame. All else in the copy is the build that ships, byte for byte: nothing in it knows of tests.
 *
 * @returns The folder of the copy.
 */
export async function compromise(
  extensionPath: string,
  folder: string,
  { webAccessible }: Additions = {},
): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await cp(extensionPath, folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  const everywhere = ['http://*.localhost/*', 'http://localhost/*'];
  const hostile = {
    matches: everywhere,
    js: [FILE],
    run_at: 'document_start',
    all_frames: true,
    match_about_blank: true,
    match_origin_as_fallback: true,
  };
  manifest.content_scripts = [...(manifest.content_scripts ?? []), hostile];
  if (webAccessible) manifest.web_accessible_resources = [{ resources: webAccessible, matches: everywhere }];
  await writeFile(path, JSON.stringify(manifest));
  await writeFile(join(folder, FILE), `(${hostileContentScript})();\n`);
  return folder;
}
