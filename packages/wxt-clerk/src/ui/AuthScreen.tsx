import { Activity, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { authStore } from '../client/auth-store';
import { MessageError } from '../messages/message-error';
import type { UserSnapshot } from '../messages/protocol';
import { sendMessage } from '../messages/send-message';
import { ReverificationContext } from '../react/reverification';
import { type SessionAuth, useKnownAuth } from '../react/useKnownAuth';
import { localized } from '../shared/i18n';
import { AccountCard, Action } from './AccountCard';
import {
  AccountPageContext,
  forgetVisit,
  forgetVisitOfOthers,
  isOfClerk,
  keepVisit,
  keptView,
} from './account-page';
import { ClerkSlot } from './ClerkSlot';
import { isFormHeld, openReverification, type VisitedView, watchClerkView } from './clerk-host';
import { ErrorNotice } from './ErrorNotice';
import { OrganizationIcon, PanelIcon } from './icons';
import { PageShell } from './PageShell';
import { ProfileSkeleton } from './Skeleton';
import './styles.css';
import { useHostPermission } from './useHostPermission';
import { useOpenPanel } from './useOpenPanel';
import { useRequest } from './useRequest';

export interface AuthScreenProps {
  /** The product, for who is signed in. Without it: who that is, in a page with the extension's name. */
  children?: ReactNode;
}

/**
 * Shows its children to who is signed in, and Clerk's forms to who is not. It may come and go at any moment.
 *
 * While one of Clerk's views is open, such as the account page, the children are hidden and keep their state.
 */
export function AuthScreen({ children = <SignedInPage /> }: AuthScreenProps) {
  const { user, pending, error, ...shown } = useShownAuth();
  const hasClerk = isOfClerk(shown);
  const { view, open, close } = useVisit(user, pending, hasClerk);
  const isHeld = useSyncExternalStore(watchClerkView, isFormHeld);

  if (user && !(isHeld && hasClerk)) {
    return (
      <AccountPageContext value={open}>
        <ReverificationContext value={hasClerk ? openReverification : null}>
          <Activity mode={view ? 'hidden' : 'visible'}>{children}</Activity>
        </ReverificationContext>
        {view && <Visit user={user} view={view} onOpen={open} onClose={close} />}
      </AccountPageContext>
    );
  }
  // Where nobody is active Clerk's form is for anybody.
  if (user === null && !hasClerk && shown.activeSessionId) return <SignedOutPage />;
  if (user !== undefined) return <SignInPage pending={pending} />;
  return (
    <PageShell>
      {error ? <ErrorNotice error={error} onRetry={authStore.ask} /> : <ProfileSkeleton />}
    </PageShell>
  );
}

/** What of Clerk is open beside the product: also when a popup closed in the middle of something there. */
function useVisit(user: UserSnapshot | null | undefined, pending: UserSnapshot | null, hasClerk: boolean) {
  const [view, setView] = useState<VisitedView | null>(null);
  const [seen, setSeen] = useState<string>();
  // Once for each person who comes.
  if (user && user.userId !== seen) {
    setSeen(user.userId);
    setView(hasClerk ? keptView(user.userId) : null);
  }
  if (view && (user === null || !hasClerk)) setView(null);
  const comer = hasClerk ? (user ?? pending)?.userId : undefined;
  useEffect(() => {
    if (comer) forgetVisitOfOthers(comer);
  }, [comer]);
  const close = () => {
    forgetVisit();
    setView(null);
  };
  return { view, open: (next: VisitedView = 'account') => setView(next), close };
}

interface VisitProps {
  user: UserSnapshot;
  view: VisitedView;
  onOpen: (view: VisitedView) => void;
  onClose: () => void;
}

/** One of Clerk's views, with the way back. */
function Visit({ user, view, onOpen, onClose }: VisitProps) {
  // Who has left their organization has the list of the others.
  const shown = view === 'organization' && !user.organizationId ? 'organizations' : view;
  const goBack = shown === 'organization' ? () => onOpen('organizations') : onClose;
  return (
    <PageShell onBack={goBack} action={<PanelButton onOpen={() => keepVisit(user.userId)} />}>
      {shown === 'organizations' && user.organizationId && (
        <Action
          icon={<OrganizationIcon />}
          label={localized('manageOrganization')}
          onClick={() => onOpen('organization')}
        />
      )}
      <ClerkSlot key={shown} view={shown} onLeave={onClose} />
    </PageShell>
  );
}

/** Clerk's forms, for nobody and for who has a task left to do. */
function SignInPage({ pending }: { pending: UserSnapshot | null }) {
  const { goBack, error, retry } = useOtherAccount(pending);
  return (
    <PageShell onBack={goBack} action={<PanelButton />}>
      {error && <ErrorNotice error={error} onRetry={retry} inline />}
      <ClerkSlot view="sign-in" />
    </PageShell>
  );
}

/** The way from a task back to an account that has none. */
function useOtherAccount(pending: UserSnapshot | null) {
  const { sessions = [], pinnedId } = useKnownAuth();
  const { run, error, retry } = useRequest();
  const other = pending && !pinnedId && sessions.find(({ status }) => status === 'active');
  const goBack = other ? () => void run(() => sendMessage('set-active', { sessionId: other.id })) : undefined;
  return { goBack, error, retry };
}

/** In the place of Clerk's form, which is that of the active account, while another one is pinned. */
function SignedOutPage() {
  return (
    <PageShell>
      <div className="wxt-clerk-notice">{localized('signedOut')}</div>
    </PageShell>
  );
}

function SignedInPage() {
  return (
    <PageShell>
      <AccountCard />
    </PageShell>
  );
}

function useShownAuth(): Pick<SessionAuth, 'user' | 'pending' | 'error' | 'pinnedId' | 'activeSessionId'> {
  const known = useKnownAuth();
  const isPermitted = useHostPermission();
  return isPermitted
    ? known
    : { ...known, user: undefined, pending: null, error: new MessageError('host-permission-missing') };
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
