import { browser } from 'wxt/browser';
import { ssoCallbackUrl } from '../../shared/sso-callback';

const CALLBACK_PATTERN = `${ssoCallbackUrl}*`;

/** What a tab was about to load from the address that providers come back to. */
export interface Callback {
  tabId: number;
  url: string;
}

/**
 * Hears of every page that is about to be loaded from the callback host, at which nobody serves anything: the filter wakes
 * a stopped background for nothing else. It has to be called in the background's first turn.
 *
 * `tabs.onUpdated`, which would do as well, wakes it for every page there is.
 */
export function listenToCallback(onCallback: (callback: Callback) => void): void {
  browser.webRequest.onBeforeRequest.addListener(
    (request) => {
      onCallback(request);
      return undefined;
    },
    { urls: [CALLBACK_PATTERN], types: ['main_frame'] },
  );
}

/** Firefox lets people take the permission away; then nobody hears of the callback. */
export function mayHearCallback(): Promise<boolean> {
  return browser.permissions.contains({ origins: [CALLBACK_PATTERN] });
}
