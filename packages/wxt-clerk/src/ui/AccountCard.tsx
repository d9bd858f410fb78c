import { createElement, type ReactNode, useState } from 'react';
import { sendMessage } from '../messages/send-message';
import { useKnownAuth } from '../react/useKnownAuth';
import { localized } from '../shared/i18n';
import { AccountSwitcher } from './AccountSwitcher';
import { useAccountPage } from './account-page';
import { useAccounts } from './accounts';
import { ErrorNotice } from './ErrorNotice';
import { AccountIcon, ChevronIcon, PanelIcon, SignOutIcon } from './icons';
import { OrganizationAction } from './OrganizationAction';
import { personHead } from './person-head';
import { useOpenPanel } from './useOpenPanel';
import { useRequest } from './useRequest';

export interface AccountCardProps {
  /** The product's own `Action`s, above "Manage account". */
  children?: ReactNode;
}

/** Who is signed in, and what they can do from here. Nothing while nobody is. */
export function AccountCard({ children }: AccountCardProps) {
  const { user } = useKnownAuth();
  const accounts = useAccounts();
  const openPanel = useOpenPanel();
  const openAccountPage = useAccountPage();
  if (!user) return null;
  return (
    <section className="wxt-clerk-profile" aria-label={localized('signedIn')}>
      {accounts.areSeveral || accounts.add ? (
        <AccountSwitcher user={user} accounts={accounts} />
      ) : (
        personHead<ReactNode>(createElement, user)
      )}
      <div className="wxt-clerk-actions">
        {openPanel && <Action icon={<PanelIcon />} label={localized('openSidePanel')} onClick={openPanel} />}
        {children}
        {openAccountPage && (
          <Action icon={<AccountIcon />} label={localized('manageAccount')} onClick={openAccountPage} />
        )}
        {/* The last one: it may come late, and moves none of the others. */}
        <OrganizationAction user={user} />
      </div>
      {/* With its own state for each person who comes. */}
      <SignOut key={user.sessionId} sessionId={accounts.areSeveral ? user.sessionId : accounts.pinnedId} />
    </section>
  );
}

export interface ActionProps {
  /** 20 × 20 pixels; it is drawn in `currentColor`. */
  icon?: ReactNode;
  label: string;
  onClick: () => void;
}

/** One line of the card that can be clicked. */
export function Action({ icon, label, onClick }: ActionProps) {
  return (
    <button type="button" className="wxt-clerk-action" onClick={onClick}>
      {icon}
      <span>{label}</span>
      <ChevronIcon />
    </button>
  );
}

/** @param sessionId Ends this session alone. */
function SignOut({ sessionId }: { sessionId: string | undefined }) {
  const { isBusy, error, run } = useRequest();
  const [isDone, setDone] = useState(false);
  const isSigningOut = isBusy || isDone;
  const signOut = async () => {
    // The published state takes this away, here and in every other page.
    setDone(await run(() => sendMessage('sign-out', sessionId === undefined ? {} : { sessionId })));
  };
  return (
    <>
      {error && <ErrorNotice error={error} onRetry={signOut} inline />}
      <button
        type="button"
        className="wxt-clerk-button wxt-clerk-button-quiet"
        onClick={signOut}
        disabled={isSigningOut}
      >
        <SignOutIcon />
        {localized(isSigningOut ? 'signingOut' : 'signOut')}
      </button>
    </>
  );
}
