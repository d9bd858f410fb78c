import { useEffect, useState } from 'react';
import type { AccountPopover, AccountPopoverProps } from './AccountPopover';

/**
 * The list of accounts, loaded when it is first opened: who has one account never needs it. Without Suspense, whose fallback
 * makes React hold back what comes next for 300 ms (FALLBACK_THROTTLE_MS, ReactFiberWorkLoop.js of React 19).
 */
export function LazyPopover(props: AccountPopoverProps) {
  const [Loaded, setLoaded] = useState<typeof AccountPopover>();
  const { onClose } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as long as it is open.
  useEffect(() => {
    // A page whose extension was updated cannot load it any more: a reload mends that.
    import('./AccountPopover').then((module) => setLoaded(() => module.AccountPopover), onClose);
  }, []);
  return Loaded ? <Loaded {...props} /> : null;
}
