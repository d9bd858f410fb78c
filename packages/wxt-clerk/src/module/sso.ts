import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { UserManifest } from 'wxt';
import { parseSso, SSO_VARIABLE } from '../shared/sso.ts';
import { extensionIdOfFolder, extensionIdOfKey } from './extension-id.ts';
import { withPermissions } from './manifest.ts';
import { CRX_PUBLIC_KEY_VARIABLE, readCrxPublicKey } from './manifest-options.ts';

type Environment = Record<string, string | undefined>;

/** What the address that a provider comes back to depends on. */
export interface SsoInput {
  /** `sso` of the module's options. */
  option: boolean | undefined;
  /** As WXT calls it: `chrome`, `firefox`. */
  browser: string;
  /** The folder of the built extension. */
  outDir: string;
  environment: Environment;
}

/** Single sign-on of a build. */
export interface SsoSettings {
  /** The address that a provider comes back to; an origin of this extension's own, at which nobody serves anything. */
  callbackUrl: string;
  /** Is it only that of an unpacked extension in this folder? Then it is none for a store. */
  isOfFolder: boolean;
}

/** What single sign-on needs: to hear of the provider's answer. Chrome warns of no permission of this name. */
const PERMISSION = 'webRequest';

/**
 * Is single sign-on switched on, and what does a provider come back to? `null` when it is off.
 *
 * Chromium and Firefox each keep a domain for such addresses, one host for each extension's id:
 * https://developer.chrome.com/docs/extensions/reference/api/identity#method-getRedirectURL and
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/identity/getRedirectURL.
 *
 * @throws {Error} In Firefox without a gecko id, from which its host is made.
 */
export function resolveSso(manifest: UserManifest, input: SsoInput): SsoSettings | null {
  const { option = false, browser, environment } = input;
  if (!(parseSso(environment[SSO_VARIABLE]) ?? option)) return null;
  return browser === 'firefox' ? ofFirefox(manifest) : ofChromium(manifest, input);
}

/** The manifest with what single sign-on adds: a permission, and the one host that the provider comes back to. */
export function withSso(manifest: UserManifest, sso: SsoSettings | null): UserManifest {
  if (!sso) return manifest;
  return withPermissions(manifest, { permissions: [PERMISSION], hosts: [`${sso.callbackUrl}*`] });
}

/** What stands at `OPENING_PAGE`: nothing, in the colours of the person's system. */
export function openingPage(): string {
  return '<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>…</title>';
}

// The two kinds of hosts that are made below.
const CALLBACK = /^(https:\/\/(?:[a-p]{32}\.chromiumapp\.org|[0-9a-f]{40}\.extensions\.allizom\.org)\/)\*$/;

/** The address that providers come back to, by the host permissions of a built extension; `null` where it has none. */
export function findCallbackUrl(hostPermissions: readonly string[]): string | null {
  return hostPermissions.map((host) => CALLBACK.exec(host)?.[1]).find(Boolean) ?? null;
}

/** @throws {Error} When a package for a store has an address that is only good for a folder. */
export function expectSsoForStore(sso: SsoSettings | null): void {
  if (!sso?.isOfFolder) return;
  throw new Error(
    `Single sign-on in a package for a store needs the extension's id, which ${CRX_PUBLIC_KEY_VARIABLE} says. ` +
      'Run "npx wxt-clerk crx-key" once ("npm run crx-key" in the starter), and keep what it writes.',
  );
}

function ofFirefox({ browser_specific_settings: settings }: UserManifest): SsoSettings {
  const id = settings?.gecko?.id;
  if (!id)
    throw new Error(
      'Single sign-on needs a gecko id, from which Firefox makes the address that a provider comes back to. Write ' +
        "browser_specific_settings: { gecko: { id: 'name@example.com' } } in manifest of wxt.config.ts.",
    );
  const host = createHash('sha1').update(id).digest('hex');
  return { callbackUrl: `https://${host}.extensions.allizom.org/`, isOfFolder: false };
}

function ofChromium({ key: own }: UserManifest, { outDir, environment }: SsoInput): SsoSettings {
  const key = own ?? readCrxPublicKey(environment);
  const id = key ? extensionIdOfKey(Buffer.from(key, 'base64')) : extensionIdOfFolder(resolve(outDir));
  return { callbackUrl: `https://${id}.chromiumapp.org/`, isOfFolder: key === null };
}
