import type { ConfigEnv, UserManifest } from 'wxt';
import { type AccessConfig, matchPatternOf } from '../shared/access-config.ts';
import { frontendApiMatchPattern, type PublishableKey } from '../shared/publishable-key.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** What Clerk adds to a manifest depends on. */
export interface ManifestInput extends Pick<ConfigEnv, 'browser' | 'command'> {
  /** The error of a key that is missing or wrong: `wxt prepare` must work without one. */
  key: PublishableKey | Error;
  access: AccessConfig;
  /** Start from nothing but what Clerk needs: `ClerkOptions.strict`. */
  strict: boolean;
}

/** Of each permission, the reason: storage, and alarms: what could not be finished goes on, as a sign-out that the server has not heard of. */
const PERMISSIONS = ['storage', 'alarms'] as const;

/** A sign-in sends the person's e-mail address and password or code to the Frontend API. */
const COLLECTED_DATA = ['authenticationInfo', 'personallyIdentifyingInfo'] as const;

/**
 * The manifest of an extension with what Clerk needs beside what the extension has: the least that works.
 *
 * @param own What `wxt.config.ts` says; WXT adds what it derives from the entrypoints.
 * @throws {Error} Where the two contradict each other, with the line to change.
 */
export function withClerk(own: UserManifest, input: ManifestInput): UserManifest {
  const { browser, key, access } = input;
  checkIncognito(own);
  const hosts = key instanceof Error ? [] : [frontendApiMatchPattern(key)];
  const policy = pagesPolicy(own, input);
  return {
    ...withPermissions(own, {
      permissions: PERMISSIONS,
      hosts: [...hosts, ...access.apiOrigins.map(matchPatternOf)],
    }),
    ...(policy && { content_security_policy: { ...expectPolicies(own), extension_pages: policy } }),
    ...(browser === 'firefox' ? forFirefox(own) : forChromium(own, input)),
  };
}

/** What a part of a build needs the browser's permission for. */
export interface NeededPermissions {
  permissions?: readonly Permission[];
  /** Match patterns. */
  hosts?: readonly string[];
}

type Permission = NonNullable<UserManifest['permissions']>[number];

/** The manifest with these permissions beside its own, each once. */
export function withPermissions(
  own: UserManifest,
  { permissions = [], hosts = [] }: NeededPermissions,
): UserManifest {
  return {
    ...own,
    permissions: union(own.permissions, permissions),
    host_permissions: union(own.host_permissions, hosts),
  };
}

function pagesPolicy(own: UserManifest, { key, access, command, strict }: ManifestInput): string | undefined {
  const frontendApi = key instanceof Error ? [] : [`https://${key.frontendApi}`];
  return contentSecurityPolicy({
    own: expectPolicies(own)?.extension_pages,
    connect: [...frontendApi, ...access.apiOrigins],
    images: ['https://img.clerk.com', ...frontendApi],
    developmentServer: command === 'serve' ? ['http://localhost:*', 'ws://localhost:*'] : [],
    strict,
  });
}

type Policies = Exclude<UserManifest['content_security_policy'], string>;

function expectPolicies({ content_security_policy: policies }: UserManifest): Policies {
  if (typeof policies !== 'string') return policies;
  throw new Error(
    'manifest.content_security_policy in wxt.config.ts is a text, which is how Manifest V2 has it. Write ' +
      `content_security_policy: { extension_pages: ${JSON.stringify(policies)} }.`,
  );
}

// Chrome would run a second background in private windows, whose sign-in and the other's would replace each other in what
// the two share: https://developer.chrome.com/docs/extensions/reference/manifest/incognito
function checkIncognito({ incognito }: UserManifest): void {
  if (incognito !== 'split') return;
  throw new Error(
    'manifest.incognito in wxt.config.ts is "split", with which Chrome runs two backgrounds, and a sign-in needs one. ' +
      'Write incognito: "spanning" (private windows share the sign-in) or "not_allowed".',
  );
}

function forChromium(own: UserManifest, { strict }: ManifestInput): UserManifest {
  return {
    // Storage access levels for all areas came with Chrome 140: https://github.com/mdn/browser-compat-data/pull/29536
    minimum_chrome_version: own.minimum_chrome_version ?? '140',
    // Without this key every other extension could open a connection to a listener that somebody adds one day.
    ...(strict && { externally_connectable: own.externally_connectable ?? { ids: [] } }),
  };
}

function forFirefox({ browser_specific_settings: settings }: UserManifest): UserManifest {
  const { gecko } = settings ?? {};
  return {
    browser_specific_settings: {
      ...settings,
      gecko: {
        strict_min_version: '140.0',
        ...gecko,
        data_collection_permissions: withCollectedData(gecko?.data_collection_permissions),
      },
    },
  };
}

type DataCollection = NonNullable<
  NonNullable<NonNullable<UserManifest['browser_specific_settings']>['gecko']>['data_collection_permissions']
>;

function withCollectedData(own: DataCollection = {}): DataCollection {
  if (own.required?.includes('none'))
    throw new Error(
      'manifest.browser_specific_settings.gecko.data_collection_permissions in wxt.config.ts says "none", and a sign-in ' +
        `sends an e-mail address and a password or code. Write required: ${JSON.stringify(COLLECTED_DATA)}.`,
    );
  return {
    ...own,
    required: union(own.required, COLLECTED_DATA) as DataCollection['required'],
  } as DataCollection;
}

function union<T extends string>(own: readonly T[] | undefined, ours: readonly T[]): T[] {
  return [...new Set([...(own ?? []), ...ours])];
}
