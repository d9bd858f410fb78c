import { useSyncExternalStore } from 'react';
import { authStore, type KnownAuth } from '../client/auth-store';

/** What the page knows of who is signed in. All components of a page share one watcher. */
export function useKnownAuth(): KnownAuth {
  return useSyncExternalStore(authStore.subscribe, authStore.get);
}
