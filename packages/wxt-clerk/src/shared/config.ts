import { MessageError } from '../messages/message-error';
import type { AccessConfig } from './access-config';
import { type PublishableKey, readPublishableKey } from './publishable-key';

/** The publishable key as it was compiled in. May be anything: `expectPublishableKey` checks it. */
export const publishableKey: string = import.meta.env.WXT_CLERK_PUBLISHABLE_KEY ?? '';

/** Who gets what, besides our own pages: `access.config.ts` as the build checked it. */
export const access: AccessConfig = __ACCESS__;

/** May content scripts use `storage.local` and `storage.sync`, as far as the browser can close them? `null`: the extension decides. */
export const contentScriptStorage: boolean | null = __CONTENT_SCRIPT_STORAGE__;

/** Does the background take `Origin` off native requests? `parseStripOrigin` says what for, and the build has asked it. */
export const stripsOrigin: boolean = import.meta.env.WXT_STRIP_ORIGIN?.trim() === 'true';

/** The web page that links in mails lead to; empty where the build names none. */
export const emailLinkPage: string = __CLERK_EMAIL_LINK_PAGE__;

/**
 * The instance this build talks to.
 *
 * @throws {MessageError} `misconfigured`, when the build got around the check in `wxt.config.ts`.
 */
export function expectPublishableKey(): PublishableKey {
  const key = readPublishableKey(publishableKey);
  if (!key) throw new MessageError('misconfigured');
  return key;
}
