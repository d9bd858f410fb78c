import type { UserManifest } from 'wxt';
import { frontendApiMatchPattern, type PublishableKey } from './utils/publishable-key';

/** Firefox derives the extension's redirect addresses and its storage from this id: keep it once published. */
const GECKO_ID = 'clerk-wxt-extension@example.com';

/**
 * The manifest of one browser, beside what WXT derives from the entrypoints. The permissions are the least that works:
 * storage, alarms (a sign-out that the server has not heard of is tried again), the side panel (added by WXT where
 * there is one) and the one host of the Frontend API.
 */
export function manifestFor(browser: string, key: PublishableKey | Error): UserManifest {
  return {
    name: 'Clerk WXT Extension',
    description: 'Sign in once with Clerk, get a session token anywhere in the extension.',
    permissions: ['storage', 'alarms'],
    host_permissions: key instanceof Error ? [] : [frontendApiMatchPattern(key)],
    action: { default_title: 'Clerk WXT Extension' },
    ...(browser === 'firefox' ? FIREFOX : CHROMIUM),
  };
}

// Storage access levels for all areas came with Chrome 140.
const CHROMIUM: UserManifest = { minimum_chrome_version: '140' };

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
