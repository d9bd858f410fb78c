import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the driver needs to know from a built extension's manifest. */
export interface ExtensionManifest {
  /** Path of `action.default_popup` (Manifest V2: `browser_action`), if there is one. */
  popupPath: string | undefined;
  /** `browser_specific_settings.gecko.id`, if there is one. */
  geckoId: string | undefined;
}

/**
 * Reads the manifest of a built extension.
 * @throws Error when the folder has no readable `manifest.json`.
 */
export async function readManifest(extensionPath: string): Promise<ExtensionManifest> {
  const path = join(extensionPath, 'manifest.json');
  try {
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    return {
      popupPath: (manifest.action ?? manifest.browser_action)?.default_popup,
      geckoId: manifest.browser_specific_settings?.gecko?.id,
    };
  } catch (error) {
    throw new Error(`Cannot read ${path} (${String(error)}). Build the extension first: npm run build.`);
  }
}
