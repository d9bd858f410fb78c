import { browser } from 'wxt/browser';

const AREAS = ['local', 'sync', 'session', 'managed'] as const;

interface LockableArea {
  setAccessLevel?(options: { accessLevel: 'TRUSTED_CONTEXTS' }): Promise<void>;
}

/**
 * Closes every storage area to content scripts, where the browser can: Chrome from version 140, Firefox not at all. At
 * every start, since Chrome forgets it when the extension is installed anew.
 */
export async function lockStorage(
  // Called `storage` it would be taken for WXT's own storage library, and 9 kB of that be bundled.
  areas: Partial<Record<string, LockableArea>> = browser.storage as never,
): Promise<void> {
  // No area is a reason not to start: nothing secret is in those that content scripts can reach at all.
  await Promise.allSettled(
    AREAS.map(async (name) => areas[name]?.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })),
  );
}
