import { browser } from 'wxt/browser';
import { contentScriptStorage } from '../shared/config';

/** Tokens and the published state are in `session`; of the others an extension may want content scripts to use some. */
const ALWAYS_CLOSED = ['session', 'managed'] as const;
const SHAREABLE = ['local', 'sync'] as const;

type AccessLevel = 'TRUSTED_CONTEXTS' | 'TRUSTED_AND_UNTRUSTED_CONTEXTS';

interface LockableArea {
  setAccessLevel?(options: { accessLevel: AccessLevel }): Promise<void>;
}

/**
 * Closes storage to content scripts, where the browser can: Chrome from version 140, Firefox not at all, where `session`
 * is closed in any case. At every start, since Chrome forgets it when the extension is installed anew, and remembers it
 * when a new version opens an area again.
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/storage/StorageArea/setAccessLevel
 *
 * @param shared May content scripts use `local` and `sync`? `contentScriptStorage` of the module's options; `null` leaves
 *   both as they are.
 */
export async function lockStorage(
  // Called `storage` it would be taken for WXT's own storage library, and 9 kB of that be bundled (seen with WXT 0.21).
  areas: Partial<Record<string, LockableArea>> = browser.storage as never,
  shared = contentScriptStorage,
): Promise<void> {
  const setLevel = async (name: string, accessLevel: AccessLevel) =>
    areas[name]?.setAccessLevel?.({ accessLevel });
  // No area is a reason not to start: nothing secret is in those that content scripts can reach at all.
  await Promise.allSettled([
    ...(shared === null ? [] : SHAREABLE).map((name) =>
      setLevel(name, shared ? 'TRUSTED_AND_UNTRUSTED_CONTEXTS' : 'TRUSTED_CONTEXTS'),
    ),
    ...ALWAYS_CLOSED.map((name) => setLevel(name, 'TRUSTED_CONTEXTS')),
  ]);
}
