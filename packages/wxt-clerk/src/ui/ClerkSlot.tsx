import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { authStore } from '../client/auth-store';
import { MessageError } from '../messages/message-error';
import { localized } from '../shared/i18n';
import { type ClerkView, clerkElement, loadClerk, showClerk } from './clerk-host';
import { DraftForm, type DraftFormHandle } from './DraftForm';
import { handOver, identifierField } from './draft';
import { ErrorNotice } from './ErrorNotice';
import { forgetStep, readFormHint, rememberForm } from './form-hint';
import { FormSkeleton } from './Skeleton';

// What a person can do something with: before, there is nothing to see.
const USABLE = ['input', 'button', '[role="alert"]'].join();

export interface ClerkSlotProps {
  view: Exclude<ClerkView, 'nothing'>;
  /** The person has done there what they came for. */
  onLeave?: () => void;
}

/** The place in a page where Clerk is shown, and what holds it until Clerk is there. */
export function ClerkSlot({ view, onLeave }: ClerkSlotProps) {
  const slot = useRef<HTMLDivElement>(null);
  const [hasFailed, setFailed] = useState(false);
  // Begun here, since an effect runs only after the browser has painted.
  const [loading] = useState(loadClerk);

  const latestLeave = useRef(onLeave);
  latestLeave.current = onLeave;
  useLayoutEffect(() => {
    if (slot.current) return showClerk(slot.current, view, () => latestLeave.current?.());
  }, [view]);
  useEffect(() => {
    loading.catch(() => setFailed(true));
  }, [loading]);

  if (hasFailed) {
    return <ErrorNotice error={new MessageError('internal')} onRetry={() => window.location.reload()} />;
  }
  return (
    <>
      {view === 'sign-in' || view === 'add-account' ? <SignInPlaceholder /> : <PagePlaceholder />}
      <div ref={slot} className="wxt-clerk-slot" />
    </>
  );
}

function PagePlaceholder() {
  const [isThere, setThere] = useState(false);
  useClerkChanges(() => setThere(clerkElement.querySelector(USABLE) !== null));
  if (isThere) return null;
  return (
    <Loading>
      <FormSkeleton />
    </Loading>
  );
}

/** What is typed here is not lost when Clerk's form arrives. */
function SignInPlaceholder() {
  const [hint] = useState(readFormHint);
  const [isThere, setThere] = useState(false);
  const draftForm = useRef<DraftFormHandle>(null);
  const remembered = useRef<HTMLInputElement | null | undefined>(undefined);
  const look = useCallback(() => {
    if (!clerkElement.querySelector(USABLE)) return;
    const field = identifierField(clerkElement);
    const draft = draftForm.current?.read();
    if (draftForm.current && !draft) return;
    // At once, so that the two forms are never seen together.
    flushSync(() => setThere(true));
    if (draft && field) handOver(draft, field);
    // An error in the place of the form says nothing of it, and a step is remembered once.
    if (field === remembered.current || !clerkElement.querySelector('.cl-rootBox')) return;
    remembered.current = field;
    rememberForm(clerkElement, field);
  }, []);
  useClerkChanges(look);
  // Who has signed in starts from the beginning the next time.
  useEffect(() => () => void (authStore.get().user && forgetStep()), []);

  if (isThere) return null;
  return (
    <Loading>
      {hint?.field === null ? (
        <FormSkeleton />
      ) : (
        <DraftForm ref={draftForm} hint={hint?.field} onComposed={look} />
      )}
    </Loading>
  );
}

function Loading({ children }: { children: ReactNode }) {
  return (
    <>
      <p className="wxt-clerk-spoken" role="status">
        {localized('loadingForm')}
      </p>
      {children}
    </>
  );
}

/** Calls back on every change of what Clerk shows. */
function useClerkChanges(onChange: () => void): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  useLayoutEffect(() => {
    const observer = new MutationObserver(() => latest.current());
    observer.observe(clerkElement, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
}
