import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, relative } from 'node:path';
import type { InlineConfig as ViteConfig } from 'vite';
import type { Entrypoint, Wxt } from 'wxt';
import { addEntrypoint, addViteConfig, addWxtPlugin, defineWxtModule } from 'wxt/modules';
import type { AccessConfig } from '../shared/access-config.ts';
import { OPENING_PAGE } from '../shared/sso.ts';
import { keepPagesOutOfBackground } from './background-bundle.ts';
import { contentScriptGuard } from './content-script-guard.ts';
import { configureBrowser, startDevelopment } from './development.ts';
import { findSecretKey, readKey, withoutStack } from './keys.ts';
import { languageDefines, namesItsLanguage, resolveLanguages } from './languages.ts';
import { withClerk } from './manifest.ts';
import { withBuildOptions } from './manifest-options.ts';
import { buildAsManifestV3 } from './manifest-version.ts';
import { omitPasswordDictionary } from './omit-password-dictionary.ts';
import { type ClerkOptions, checkOptions, OPTIONS_PLACE } from './options.ts';
import { resolveAccess } from './resolve-access.ts';
import { FIRST_PAINT } from './scripts-after-first-paint.ts';
import { loadBuildSettings } from './settings.ts';
import { expectSsoForStore, openingPage, resolveSso, withSso } from './sso.ts';
import { resolveSync, withSync } from './sync.ts';
import { bundleFromPackage } from './vite-config.ts';
import { withoutPolyfill } from './without-polyfill.ts';

export type { AccessConfig, TokenGrant } from '../shared/access-config.ts';
export type { ClerkOptions } from './options.ts';
export { sourcesPackage } from './sources-package.ts';
export type { SyncOptions } from './sync.ts';

/** `.ts` in the workspace, `.js` in the installed package. */
const EXTENSION = extname(import.meta.filename);

/** The script that holds Clerk, which the background loads when it first needs it. */
const CLERK_SCRIPT = 'background-clerk';
const FETCH_SCRIPT = 'background-fetch';

/** Signs people in with Clerk, in an extension that has this module in `modules` and `startClerk` in its background. */
export default defineWxtModule<ClerkOptions>({
  name: 'wxt-clerk',
  configKey: 'clerk',
  async setup(wxt) {
    const isDevelopment = wxt.config.command === 'serve' && !process.env.VITEST;
    if (isDevelopment) await startDevelopment(wxt.config);
    const settings = await settle(wxt);
    // WXT reads its configuration again in development mode, and then anew without what was added to it.
    wxt.hook('config:resolved', async () => {
      if (settings.config !== wxt.config) Object.assign(settings, await settle(wxt));
      if (isDevelopment) await configureBrowser(wxt.config);
    });
    addScripts(wxt);
    wxt.hook('build:publicAssets', (_, files) => {
      if (settings.sso) files.push({ relativeDest: OPENING_PAGE, contents: openingPage() });
    });
    if (isDevelopment) addWxtPlugin(wxt, scriptPath('reopen-pages'));
    addViteConfig(wxt, () => {
      const { root, entrypointsDir } = wxt.config;
      return bundleFromPackage(definesOf(settings), relative(root, entrypointsDir).replaceAll('\\', '/'));
    });
    wxt.hook('build:before', () => {
      const { key } = settings;
      if (key instanceof Error) throw key;
    });
    wxt.hook('zip:start', () => expectSsoForStore(settings.sso));
    wxt.hook('entrypoints:resolved', (_, entrypoints) => leaveOutScriptsWithoutMatches(entrypoints));
    wxt.hook('vite:build:extendConfig', (entrypoints, config) =>
      addBuildChecks(entrypoints, config, settings.access),
    );
  },
});

/** What one reading of the configuration came to. */
type Settings = Awaited<ReturnType<typeof settle>>;

/**
 * Reads the options and the environment, and puts into WXT's configuration what follows from them.
 *
 * @throws {Error} One sentence, for everything that has to be changed first.
 */
async function settle(wxt: Wxt) {
  const { config } = wxt;
  try {
    loadBuildSettings(config.root);
    const warning = findSecretKey(process.env);
    if (warning) config.logger.warn(warning);
    await buildAsManifestV3(wxt);
    const options = readOptions(config);
    const key = readKey(process.env);
    const access = readAccess(options, config.root);
    const { browser, command, outDir } = config;
    const strict = options.strict ?? false;
    const sso = resolveSso(config.manifest, {
      option: options.sso,
      browser,
      outDir,
      environment: process.env,
    });
    const webApp = resolveSync({
      option: options.sync,
      environment: process.env,
      key,
      browser,
      place: OPTIONS_PLACE,
    });
    config.manifest = withSync(
      withBuildOptions(
        withSso(withClerk(config.manifest, { browser, command, key, access, strict }), sso),
        config.env,
        process.env,
      ),
      webApp,
    );
    return {
      config,
      key,
      access,
      webApp,
      languages: resolveLanguages(options.languages, config.publicDir, config.manifest.default_locale),
      asksTexts: namesItsLanguage(config.publicDir, config.manifest.default_locale),
      contentScriptStorage: options.contentScriptStorage ?? (strict ? false : null),
      sso,
      emailLinkPage: options.emailLinkPage ?? '',
    };
  } catch (error) {
    throw withoutStack(error as Error);
  }
}

function readOptions(config: Wxt['config']): ClerkOptions {
  const options = (config as unknown as { clerk?: unknown }).clerk ?? {};
  checkOptions(options);
  return options;
}

function readAccess({ access = {} }: ClerkOptions, root: string): AccessConfig {
  const hasFile = existsSync(join(root, 'access.config.ts'));
  return resolveAccess(access, process.env, hasFile ? 'access.config.ts' : `access of ${OPTIONS_PLACE}`);
}

function definesOf(settings: Settings): Record<string, string> {
  const { access, webApp, languages, asksTexts, contentScriptStorage, sso, emailLinkPage } = settings;
  const require = createRequire(import.meta.url);
  return {
    __ACCESS__: JSON.stringify(access),
    __CLERK_SYNCS__: JSON.stringify(webApp !== null),
    __CLERK_WEB_APP__: JSON.stringify(webApp),
    __CLERK_SDK_VERSION__: JSON.stringify(require('@clerk/chrome-extension/package.json').version),
    ...languageDefines(languages, asksTexts),
    __CONTENT_SCRIPT_STORAGE__: JSON.stringify(contentScriptStorage),
    __CLERK_SSO_CALLBACK__: JSON.stringify(sso?.callbackUrl ?? ''),
    __CLERK_EMAIL_LINK_PAGE__: JSON.stringify(emailLinkPage),
  };
}

const scriptPath = (name: string) => join(import.meta.dirname, 'scripts', `${name}${EXTENSION}`);

// Added by their resolved options, so that WXT does not run them in Node.
function addScripts(wxt: Wxt): void {
  for (const [name, file] of [
    [CLERK_SCRIPT, CLERK_SCRIPT],
    [FETCH_SCRIPT, FETCH_SCRIPT],
    [FIRST_PAINT, 'first-paint'],
  ] as const)
    addEntrypoint(wxt, {
      type: 'unlisted-script',
      name,
      inputPath: scriptPath(file),
      outputDir: wxt.config.outDir,
      options: {},
      skipped: false,
    });
}

// Browsers refuse a content script that matches nothing; one that is registered at run time may have no matches.
function leaveOutScriptsWithoutMatches(entrypoints: Entrypoint[]): void {
  const kept = entrypoints.filter(
    (entry) =>
      entry.type !== 'content-script' ||
      entry.options.registration === 'runtime' ||
      entry.options.matches?.length !== 0,
  );
  entrypoints.splice(0, entrypoints.length, ...kept);
}

function addBuildChecks(entrypoints: readonly Entrypoint[], config: ViteConfig, access: AccessConfig): void {
  for (const entry of entrypoints) {
    const plugins = [];
    // The pages keep it: their sign-up form says how good a password is.
    if (entry.name === CLERK_SCRIPT) plugins.push(omitPasswordDictionary());
    if (entry.name === FIRST_PAINT) plugins.push(withoutPolyfill());
    if ([CLERK_SCRIPT, FETCH_SCRIPT].includes(entry.name) || entry.type === 'background')
      plugins.push(keepPagesOutOfBackground());
    if (entry.type === 'content-script')
      plugins.push(
        contentScriptGuard(
          { path: relative(process.cwd(), entry.inputPath), matches: entry.options.matches ?? [] },
          access,
        ),
      );
    config.plugins = [...(config.plugins ?? []), ...plugins];
  }
}
