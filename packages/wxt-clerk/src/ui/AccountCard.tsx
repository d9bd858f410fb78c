import { type ReactNode, useState } from 'react';
import { type MessageError, toMessageError } from '../messages/message-error';
import type { UserSnapshot } from '../messages/protocol';
import { sendMessage } from '../messages/send-message';
import { localized } from '../shared/i18n';
import { displayName, initials } from '../shared/user-name';
import { ErrorNotice } from './ErrorNotice';
import { AccountIcon, ChevronIcon, PanelIcon, SignOutIcon, TokenIcon } from './icons';
import { openTokenDemo } from './open-page';
import { usePanel } from './usePanel';

export interface AccountCardProps {
  user: UserSnapshot;
  place: 'popup' | 'panel';
  onManageAccount: () => void;
}

/** Who is signed in, and what they can do from here. */
export function AccountCard({ user, place, onManageAccount }: AccountCardProps) {
  const { isSigningOut, error, signOut } = useSignOut();
  const openPanel = usePanel(place);
  return (
    <section className="profile" aria-label={localized('signedIn')}>
      <div className="profile-head">
        <Avatar user={user} />
        <p className="profile-name">{displayName(user)}</p>
        {user.emailAddress && <p className="profile-email">{user.emailAddress}</p>}
      </div>
      <div className="actions">
        {openPanel && <Action icon={<PanelIcon />} label={localized('openSidePanel')} onClick={openPanel} />}
        <Action icon={<TokenIcon />} label={localized('openTokenDemo')} onClick={openTokenDemo} />
        <Action icon={<AccountIcon />} label={localized('manageAccount')} onClick={onManageAccount} />
      </div>
      {error && <ErrorNotice error={error} onRetry={signOut} inline />}
      <button type="button" className="button button-quiet" onClick={signOut} disabled={isSigningOut}>
        <SignOutIcon />
        {localized(isSigningOut ? 'signingOut' : 'signOut')}
      </button>
    </section>
  );
}

function Avatar({ user }: { user: UserSnapshot }) {
  if (user.imageUrl) return <img className="avatar" src={user.imageUrl} alt="" width={72} height={72} />;
  return (
    <span className="avatar" aria-hidden="true">
      {initials(user)}
    </span>
  );
}

function Action({ icon, label, onClick }: { icon: ReactNode; label: string; onClick: () => void }) {
  return (
    <button type="button" className="action" onClick={onClick}>
      {icon}
      <span>{label}</span>
      <ChevronIcon />
    </button>
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
