import { useEffect, useState } from 'react';
import { browser } from 'wxt/browser';
import { expectPublishableKey } from '../shared/config';
import { neededHosts } from '../shared/needed-hosts';
import { ssoCallbackUrl } from '../shared/sso-callback';

/**
 * May the extension reach the Frontend API? In Firefox the person can take the permission away at any time:
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/host_permissions
 *
 * @returns `false` only when it is known to be missing, so that nothing flickers while it is looked up.
 */
export function useHostPermission(): boolean {
  const [isGranted, setGranted] = useState(true);
  useEffect(() => {
    const check = () => void browser.permissions.contains(hostPermission()).then(setGranted);
    check();
    browser.permissions.onAdded.addListener(check);
    browser.permissions.onRemoved.addListener(check);
    return () => {
      browser.permissions.onAdded.removeListener(check);
      browser.permissions.onRemoved.removeListener(check);
    };
  }, []);
  return isGranted;
}

/** Asks the person for the permission. Call it straight from a click: browsers want the person's own gesture. */
export function requestHostPermission(): Promise<boolean> {
  const { origins } = hostPermission();
  return browser.permissions.request({
    origins: ssoCallbackUrl ? [...origins, `${ssoCallbackUrl}*`] : origins,
  });
}

function hostPermission(): { origins: string[] } {
  return { origins: neededHosts(expectPublishableKey()) };
}
