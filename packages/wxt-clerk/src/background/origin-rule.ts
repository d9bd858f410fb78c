import { type Browser, browser } from 'wxt/browser';
import { MessageError } from '../messages/message-error';
import type { PublishableKey } from '../shared/publishable-key';

type Rule = Browser.declarativeNetRequest.Rule;

const RULE_ID = 1;

/** Takes `Origin` off this extension's own native requests to its own Frontend API, and off nothing else. */
export function stripOriginRule({ frontendApi }: PublishableKey, extensionUrl: string): Rule {
  return {
    id: RULE_ID,
    action: { type: 'modifyHeaders', requestHeaders: [{ header: 'origin', operation: 'remove' }] },
    condition: {
      // The host of the extension's pages: Firefox refuses `runtime.id` here, which is no host there ("Invalid domain", seen in
      // Firefox 153).
      initiatorDomains: [new URL(extensionUrl).hostname],
      // `|` is the start of the address, `^` a separator or the end. A key may name a port; URL drops it where it says nothing.
      urlFilter: `|${new URL(`https://${frontendApi}`).origin}/v1/*^_is_native=1^`,
      resourceTypes: ['xmlhttprequest'],
    },
  };
}

/**
 * Registers the rule of `stripOriginRule`. It outlives the background but not the browser, so every start does it.
 *
 * @throws {MessageError} `internal` when the browser refuses the rule.
 */
export async function stripOrigin(key: PublishableKey): Promise<void> {
  const rule = stripOriginRule(key, browser.runtime.getURL('/'));
  try {
    await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [rule.id], addRules: [rule] });
  } catch (cause) {
    throw new MessageError('internal', { cause });
  }
}
