import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { MessageError } from '../messages/message-error';
import { type ClerkView, clerkElement, loadClerk, showClerk } from './clerk-host';
import { ErrorNotice } from './ErrorNotice';
import { FormSkeleton } from './Skeleton';

/** The place in a page where Clerk is shown, and what holds it until Clerk is there. */
export function ClerkSlot({ view }: { view: Exclude<ClerkView, 'nothing'> }) {
  const slot = useRef<HTMLDivElement>(null);
  const [hasFailed, setFailed] = useState(false);
  const isThere = useIsThere();

  useLayoutEffect(() => (slot.current ? showClerk(slot.current, view) : undefined), [view]);
  useEffect(() => {
    loadClerk().catch(() => setFailed(true));
  }, []);

  if (hasFailed) {
    return <ErrorNotice error={new MessageError('internal')} onRetry={() => window.location.reload()} />;
  }
  return (
    <>
      {!isThere && <FormSkeleton />}
      <div ref={slot} />
    </>
  );
}

// What a person can do something with: before, there is nothing to see.
const USABLE = ['input', 'button', '[role="alert"]'].join();

/** Is there anything of Clerk that can be used? */
function useIsThere(): boolean {
  const [isThere, setThere] = useState(false);
  useLayoutEffect(() => {
    const look = () => setThere(clerkElement.querySelector(USABLE) !== null);
    const observer = new MutationObserver(look);
    observer.observe(clerkElement, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return isThere;
}
