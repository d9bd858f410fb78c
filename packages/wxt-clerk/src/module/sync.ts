import { createHash } from 'node:crypto';
import { getDomain, getPublicSuffix } from 'tldts';
import { getDotPath, optional, picklist, safeParse, strictObject, string } from 'valibot';
import type { UserManifest } from 'wxt';
import { isLoopback } from '../shared/loopback.ts';
import { PUBLISHABLE_KEY_VARIABLE, type PublishableKey } from '../shared/publishable-key.ts';
import type { WebAppConfig } from '../shared/web-app-config.ts';
import { withPermissions } from './manifest.ts';

/** The switch for one build: `true`, `false`, or the address where the web app's cookies are. */
export const SYNC_VARIABLE = 'WXT_CLERK_SYNC';

/** What `sync` of the options can say. */
export interface SyncOptions {
  /**
   * Where the web app's session is. Default: what follows from the publishable key, `http://localhost` for a development
   * key and the Frontend API for a production key.
   */
  host?: string;
  /**
   * What a sign-out in the extension ends: the session of both, or only its use here until the web app has another one.
   * Default: `with-web-app`.
   */
  signOut?: WebAppConfig['signOut'];
}

const SHAPE = strictObject({
  host: optional(string()),
  signOut: optional(picklist(['with-web-app', 'only-here'])),
});

export interface SyncInput {
  option: boolean | SyncOptions | undefined;
  environment: Record<string, string | undefined>;
  /** Its error is a value: `wxt prepare` must work without a key. */
  key: PublishableKey | Error;
  /** As WXT calls it: `chrome`, `firefox`. */
  browser: string;
  /** Where the options stand, for errors. */
  place: string;
}

/**
 * Where the web app's session is found in one build, `null` for an extension that has only its own.
 *
 * @throws {Error} One sentence that names the option or the variable, what it says and what it should look like.
 */
export function resolveSync(input: SyncInput): WebAppConfig | null {
  checkOption(input);
  const options = readOptions(input);
  if (!options || input.key instanceof Error) return null;
  const { instanceType, frontendApi } = input.key;
  const url = options.host
    ? parseHost(options.host, options.source, instanceType)
    : instanceType === 'development'
      ? 'http://localhost'
      : `https://${new URL(`https://${frontendApi}`).hostname}`;
  const isFirefox = input.browser === 'firefox';
  return {
    instanceType,
    query: {
      url,
      storeId: isFirefox ? 'firefox-default' : '0',
      partitionKey: {},
      ...(isFirefox && { firstPartyDomain: null }),
    },
    hosts: hostsOf(url, isFirefox),
    cookieSuffix: cookieSuffixOf(input.environment[PUBLISHABLE_KEY_VARIABLE] ?? ''),
    signOut: options.signOut ?? 'with-web-app',
  };
}

/** Adds to a manifest what the web app's session needs. */
export function withSync(manifest: UserManifest, webApp: WebAppConfig | null): UserManifest {
  if (!webApp) return manifest;
  return withPermissions(manifest, { permissions: ['cookies'], hosts: webApp.hosts });
}

/** @throws {Error} For a name or value in the object that there is not; `checkOptions` has seen that it is one. */
function checkOption({ option, place }: SyncInput): void {
  const [issue] = typeof option === 'object' ? (safeParse(SHAPE, option).issues ?? []) : [];
  if (!issue) return;
  const name = getDotPath(issue);
  if (issue.expected === 'never')
    throw new Error(`sync of ${place} has "${name}", which is no option. There are: host, signOut.`);
  throw new Error(`sync.${name} of ${place} is ${issue.received}, expected ${issue.expected}.`);
}

/** Where an address stands, and what else it may be there. */
interface Source {
  name: string;
  example: string;
}

const EXAMPLE =
  'an address such as https://app.example.com, or http://localhost:3000 for one on this computer.';

function readOptions({ option, environment, place }: SyncInput): (SyncOptions & { source: Source }) | null {
  const given = environment[SYNC_VARIABLE]?.trim() ?? '';
  const options = typeof option === 'object' ? option : {};
  const inPlace = { name: `sync.host of ${place}`, example: `Write ${EXAMPLE}` };
  if (given === '') return option ? { ...options, source: inPlace } : null;
  if (given === 'false') return null;
  if (given === 'true') return { ...options, source: inPlace };
  const source = { name: SYNC_VARIABLE, example: `Set it to true, false or ${EXAMPLE}` };
  return { ...options, host: given, source };
}

/** @throws {Error} For anything but the address of one host. */
function parseHost(
  address: string,
  { name, example }: Source,
  instanceType: PublishableKey['instanceType'],
): string {
  const fail = (problem: string): never => {
    throw new Error(`${name} is "${address}", ${problem}`);
  };
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `${schemeFor(address)}://${address}`;
  if (text.includes('*')) fail(`which has a wildcard, and a session is at one host. ${example}`);
  const url = URL.parse(text);
  if (!url?.hostname || !(url.hostname.includes('.') || isLoopback(url.hostname)))
    return fail(`which is no address. ${example}`);
  const { protocol, hostname } = url;
  if (protocol !== 'https:' && protocol !== 'http:') fail(`which is neither http nor https. ${example}`);
  if (url.href !== `${url.origin}/`) fail(`which is more than the address of a host. Write ${url.origin}.`);
  if (protocol === 'http:' && !isLoopback(hostname))
    fail(`and what comes by http anybody on the network can change. Write https://${url.host}.`);
  if (protocol === 'http:' && instanceType === 'production')
    fail(
      'and with a production key the session’s cookie goes by https only. Leave it out: it is at the Frontend API, ' +
        'which the key names.',
    );
  if (!isLoopback(hostname) && getPublicSuffix(hostname, { allowPrivateDomains: true }) === hostname)
    fail(`under which anybody can have a site (https://publicsuffix.org). ${example}`);
  // Neither cookies nor match patterns have a port.
  return `${protocol}//${hostname}`;
}

function schemeFor(address: string): string {
  return isLoopback(URL.parse(`http://${address}`)?.hostname ?? '') ? 'http' : 'https';
}

/**
 * The hosts that the cookies are of. That somebody signed out is in a cookie of the whole domain, whose changes Chromium
 * tells only of who may see the domain itself; Firefox tells of it who may see any of its hosts.
 */
function hostsOf(url: string, isFirefox: boolean): string[] {
  const { protocol, hostname } = new URL(url);
  const domain = isFirefox ? null : getDomain(hostname, { allowPrivateDomains: true });
  return [...new Set([hostname, domain ?? hostname])].map((host) => `${protocol}//${host}/*`);
}

/** As `getCookieSuffix` of `@clerk/shared` makes it. */
function cookieSuffixOf(publishableKey: string): string {
  return createHash('sha1').update(publishableKey.trim()).digest('base64url').slice(0, 8);
}
