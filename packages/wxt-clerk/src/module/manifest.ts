import type { ConfigEnv, UserManifest } from 'wxt';
import { type AccessConfig, matchPatternOf } from '../shared/access-config';
import { frontendApiMatchPattern, type PublishableKey } from '../shared/publishable-key';

/** Firefox derives the extension's redirect addresses and its storage from this id: keep it once published. */
const GECKO_ID = 'clerk-wxt-extension@example.com';

/** What a manifest depends on. */
export interface ManifestInput extends Pick<ConfigEnv, 'browser' | 'command'> {
  /** The error of a key that is missing or wrong: `wxt prepare` must work without one. */
  key: PublishableKey | Error;
  access: AccessConfig;
}

/**
 * The manifest of one browser, beside what WXT derives from the entrypoints. The permissions are the least that works:
 * storage, alarms (a sign-out that the server has not heard of is tried again), the side panel (added by WXT where
 * there is one), the one host of the Frontend API and those of the developer's own API.
 */
export function manifestFor({ browser, command, key, access }: ManifestInput): UserManifest {
  const frontendApi = key instanceof Error ? null : key;
  const hosts = frontendApi ? [frontendApiMatchPattern(frontendApi)] : [];
  const frontendApiOrigin = frontendApi ? [`https://${frontendApi.frontendApi}`] : [];
  return {
    // The browser and the stores take these from public/_locales.
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: ['storage', 'alarms'],
    host_permissions: [...new Set([...hosts, ...access.apiOrigins.map(matchPatternOf)])],
    action: { default_title: '__MSG_extensionName__' },
    content_security_policy: {
      extension_pages: contentSecurityPolicy({
        connect: [...frontendApiOrigin, ...access.apiOrigins],
        images: ['https://img.clerk.com', ...frontendApiOrigin],
        developmentServer: command === 'serve' ? ['http://localhost:*', 'ws://localhost:*'] : [],
      }),
    },
    // Private windows would share the session with the others. 'spanning' turns them on.
    incognito: 'not_allowed',
    ...(browser === 'firefox' ? FIREFOX : CHROMIUM),
  };
}

interface PolicySources {
  /** Where the background and the pages may send requests. */
  connect: string[];
  /** Where the pictures of people are. */
  images: string[];
  /** The addresses that development mode loads from; WXT adds the scripts itself. */
  developmentServer: string[];
}

// Nothing but what Clerk's forms were seen to need.
function contentSecurityPolicy({ connect, images, developmentServer }: PolicySources): string {
  const directives: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    // Clerk's forms put their styles into the page.
    'style-src': ["'self'", "'unsafe-inline'", ...developmentServer],
    'img-src': ["'self'", 'data:', ...images, ...developmentServer],
    'font-src': ["'self'", ...developmentServer],
    'connect-src': [...connect, ...developmentServer],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...(sources.length > 0 ? sources : ["'none'"])].join(' '))
    .join('; ');
}

const CHROMIUM: UserManifest = {
  // Storage access levels for all areas came with Chrome 140.
  minimum_chrome_version: '140',
  // Without this key every other extension could open a connection to a listener that somebody adds one day.
  externally_connectable: { ids: [] },
};

const FIREFOX: UserManifest = {
  browser_specific_settings: {
    gecko: {
      id: GECKO_ID,
      strict_min_version: '140.0',
      // A sign-in sends the person's e-mail address and password or code to the Frontend API.
      data_collection_permissions: { required: ['authenticationInfo', 'personallyIdentifyingInfo'] },
    },
  },
};
