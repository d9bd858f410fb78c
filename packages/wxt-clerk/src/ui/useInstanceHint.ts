import { useSyncExternalStore } from 'react';
import { type InstanceHint, readInstanceHint, watchInstanceHint } from './instance-hint';

/** What is remembered of the instance. Renders anew when a page learns more. */
export function useInstanceHint(): InstanceHint {
  return useSyncExternalStore(watchInstanceHint, readInstanceHint);
}
