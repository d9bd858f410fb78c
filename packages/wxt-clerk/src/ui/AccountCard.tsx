import { createElement, type ReactNode, useState } from 'react';
import { type MessageError, toMessageError } from '../messages/message-error';
import { sendMessage } from '../messages/send-message';
import { useKnownAuth } from '../react/useKnownAuth';
import { localized } from '../shared/i18n';
import { useAccountPage } from './account-page';
import { ErrorNotice } from './ErrorNotice';
import { AccountIcon, ChevronIcon, PanelIcon, SignOutIcon } from './icons';
import { personHead } from './person-head';
import { useOpenPanel } from './useOpenPanel';

export interface AccountCardProps {
  /** The product's own `Action`s, above "Manage account". */
  children?: ReactNode;
}

/** Who is signed in, and what they can do from here. Nothing while nobody is. */
export function AccountCard({ children }: AccountCardProps) {
  const { user } = useKnownAuth();
  const openPanel = useOpenPanel();
  const openAccountPage = useAccountPage();
  if (!user) return null;
  return (
    <section className="wxt-clerk-profile" aria-label={localized('signedIn')}>
      {personHead<ReactNode>(createElement, user)}
      <div className="wxt-clerk-actions">
        {openPanel && <Action icon={<PanelIcon />} label={localized('openSidePanel')} onClick={openPanel} />}
        {children}
        {openAccountPage && (
          <Action icon={<AccountIcon />} label={localized('manageAccount')} onClick={openAccountPage} />
        )}
      </div>
      <SignOut />
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

function SignOut() {
  const { isSigningOut, error, signOut } = useSignOut();
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

function useSignOut() {
  const [isSigningOut, setSigningOut] = useState(false);
  const [error, setError] = useState<MessageError | null>(null);
  const signOut = async () => {
    setSigningOut(true);
    setError(null);
    try {
      // The published state takes this card away, here and in every other page.
      await sendMessage('sign-out');
    } catch (reason) {
      setError(toMessageError(reason));
      setSigningOut(false);
    }
  };
  return { isSigningOut, error, signOut };
}
