import { createElement, type ReactNode } from 'react';
import type { UserSnapshot } from '../messages/protocol';
import { useKnownAuth } from '../react/useKnownAuth';
import { localized } from '../shared/i18n';
import { displayName } from '../shared/user-name';
import { useAccountPage } from './account-page';
import { useAccounts } from './accounts';
import { LazyPopover } from './LazyPopover';
import { picture, SMALL_PICTURE } from './person-head';
import './styles.css';
import { usePopover } from './usePopover';

/**
 * The person's picture as a button, for a header of one's own: it opens the accounts and the ways to manage one and to
 * sign out. "Manage account" and "Add account" need an `AuthScreen` around. Nothing while nobody is signed in.
 */
export function UserButton() {
  const { user } = useKnownAuth();
  return user ? <PictureButton user={user} /> : null;
}

function PictureButton({ user }: { user: UserSnapshot }) {
  const accounts = useAccounts();
  const openAccountPage = useAccountPage();
  const { isOpen, close, place, button } = usePopover();
  return (
    <div ref={place} className="wxt-clerk-user">
      <button
        type="button"
        className="wxt-clerk-user-button"
        aria-label={localized('accountOf', displayName(user, localized('signedIn')))}
        {...button}
      >
        {picture<ReactNode>(createElement, user, SMALL_PICTURE)}
      </button>
      {isOpen && (
        <LazyPopover
          activeId={user.sessionId}
          accounts={accounts}
          onClose={close}
          openAccountPage={openAccountPage}
        />
      )}
    </div>
  );
}
