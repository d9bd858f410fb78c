import { Activity, type ReactNode, useState, useSyncExternalStore } from 'react';
import { authStore, type KnownAuth } from '../client/auth-store';
import { MessageError } from '../messages/message-error';
import type { UserSnapshot } from '../messages/protocol';
import { useKnownAuth } from '../react/useKnownAuth';
import { localized } from '../shared/i18n';
import { AccountCard } from './AccountCard';
import { AccountPageContext, forgetVisit, keepVisit, keptRoute } from './account-page';
import { ClerkSlot } from './ClerkSlot';
import { isFormHeld, watchClerkView } from './clerk-host';
import { ErrorNotice } from './ErrorNotice';
import { PanelIcon } from './icons';
import { PageShell } from './PageShell';
import { ProfileSkeleton } from './Skeleton';
import './styles.css';
import { useHostPermission } from './useHostPermission';
import { useOpenPanel } from './useOpenPanel';

export interface AuthScreenProps {
  /** The product, for who is signed in. Without it: who that is, in a page with the extension's name. */
  children?: ReactNode;
}

/**
 * Shows its children to who is signed in, and Clerk's forms to who is not. It may come and go at any moment.
 *
 * While Clerk's account page is open the children are hidden and keep their state.
 */
export function AuthScreen({ children = <SignedInPage /> }: AuthScreenProps) {
  const { user, error } = useShownAuth();
  const account = useAccountVisit(user);
  const isHeld = useSyncExternalStore(watchClerkView, isFormHeld);

  if (user && !isHeld) {
    return (
      <AccountPageContext value={account.open}>
        <Activity mode={account.isOpen ? 'hidden' : 'visible'}>{children}</Activity>
        {account.isOpen && (
          <PageShell onBack={account.close} action={<PanelButton onOpen={keepVisit} />}>
            <ClerkSlot view="account" />
          </PageShell>
        )}
      </AccountPageContext>
    );
  }
  if (user !== undefined) {
    return (
      <PageShell action={<PanelButton />}>
        <ClerkSlot view="sign-in" />
      </PageShell>
    );
  }
  return (
    <PageShell>
      {error ? <ErrorNotice error={error} onRetry={authStore.ask} /> : <ProfileSkeleton />}
    </PageShell>
  );
}

/** Whether Clerk's account page is open: also when a popup closed in the middle of something there. */
function useAccountVisit(user: UserSnapshot | null | undefined) {
  const [isOpen, setOpen] = useState(false);
  const [seen, setSeen] = useState<string>();
  // Once for each person who comes.
  if (user && user.userId !== seen) {
    setSeen(user.userId);
    setOpen(keptRoute(user.userId) !== null);
  }
  if (user === null && isOpen) setOpen(false);
  const close = () => {
    forgetVisit();
    setOpen(false);
  };
  return { isOpen, open: () => setOpen(true), close };
}

function SignedInPage() {
  return (
    <PageShell>
      <AccountCard />
    </PageShell>
  );
}

function useShownAuth(): Pick<KnownAuth, 'user' | 'pending' | 'error'> {
  const known = useKnownAuth();
  const isPermitted = useHostPermission();
  return isPermitted
    ? known
    : { user: undefined, pending: null, error: new MessageError('host-permission-missing') };
}

// A popup closes when the person looks up the code in their mail; the panel stays.
function PanelButton({ onOpen }: { onOpen?: () => void }) {
  const openPanel = useOpenPanel();
  if (!openPanel) return null;
  return (
    <button
      type="button"
      className="wxt-clerk-icon-button"
      onClick={() => {
        onOpen?.();
        openPanel();
      }}
      aria-label={localized('openSidePanel')}
    >
      <PanelIcon />
    </button>
  );
}
