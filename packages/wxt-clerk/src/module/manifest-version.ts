import { resolve } from 'node:path';
import type { InlineConfig, UserConfig, Wxt } from 'wxt';

/**
 * Builds Firefox as Manifest V3: WXT's default for it is V2 (https://wxt.dev/guide/essentials/config/manifest), where Clerk
 * does not find the host permissions (`@clerk/chrome-extension` 3.1.84, internal/utils/manifest.ts).
 *
 * WXT has called `manifest` of `wxt.config.ts` by the time that a module is set up, so it is called anew. Development mode
 * stays as it is: in Firefox a V3 page may not load the scripts of a development server, whatever its policy says
 * (https://github.com/wxt-dev/wxt/issues/1622).
 *
 * @throws {Error} When the extension asks for V2.
 */
export async function buildAsManifestV3({ config }: Wxt): Promise<void> {
  if (config.manifestVersion === 3 || config.command === 'serve') return;
  const own = ownConfig(config.userConfigMetadata);
  if (own.manifestVersion === 2 || process.argv.includes('--mv2'))
    throw new Error(
      `manifestVersion is 2 in wxt.config.ts or by --mv2, and wxt-clerk needs Manifest V3, in Firefox too. ` +
        'Take the line out, or write manifestVersion: 3.',
    );
  config.manifestVersion = 3;
  config.env.manifestVersion = 3;
  config.outDir = resolve(config.outBaseDir, v3Name(config, own));
  if (typeof own.manifest === 'function') config.manifest = await own.manifest(config.env);
}

/** What `wxt.config.ts` says, which WXT keeps with the file's name. */
function ownConfig(
  metadata: Wxt['config']['userConfigMetadata'],
): UserConfig & Pick<InlineConfig, 'manifest'> {
  return (metadata as { layers?: { config?: UserConfig }[] }).layers?.[0]?.config ?? {};
}

// As WXT names the folder of a build (core/resolve-config), with the other version.
function v3Name({ browser, mode, command }: Wxt['config'], { outDirTemplate }: UserConfig): string {
  const modeSuffix = { production: '', development: '-dev' }[mode] ?? `-${mode}`;
  return (outDirTemplate ?? '{{browser}}-mv{{manifestVersion}}{{modeSuffix}}')
    .replaceAll('{{browser}}', browser)
    .replaceAll('{{manifestVersion}}', '3')
    .replaceAll('{{modeSuffix}}', modeSuffix)
    .replaceAll('{{mode}}', mode)
    .replaceAll('{{command}}', command);
}
