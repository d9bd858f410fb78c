import { createElement, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import type { SessionSnapshot } from '../messages/protocol';
import { sendMessage } from '../messages/send-message';
import { localized } from '../shared/i18n';
import { displayName } from '../shared/user-name';
import { type Accounts, personOf } from './accounts';
import { ErrorNotice } from './ErrorNotice';
import { AccountIcon, AddIcon, CheckIcon, SignOutIcon } from './icons';
import { focusMenu, moveInMenu } from './menu-keys';
import { picture, SMALL_PICTURE } from './person-head';
import { meaningOf } from './usePopover';
import { useRequest } from './useRequest';

export interface AccountPopoverProps {
  /** The session whose person the page shows. */
  activeId: string;
  accounts: Accounts;
  onClose: () => void;
  /** Where it stands alone it has the way to sign out and that to the account page, which may be none. */
  openAccountPage?: (() => void) | null;
}

/** The list of accounts below a button: one can be chosen, signed out and added. */
export function AccountPopover({ activeId, accounts, onClose, openAccountPage }: AccountPopoverProps) {
  const isAlone = openAccountPage !== undefined;
  const { sessions, pinnedId, areSeveral, add } = accounts;
  const { error, isBusy, retry, choose, signOut } = useAccountActions(activeId, onClose);
  const menu = useMenuFocus(sessions.length);
  const leaveTo = (open: () => void) => {
    onClose();
    open();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The next thing in the page is that after the button.
    if (meaningOf(event) === 'leave' && !error) onClose();
    else if (moveInMenu(event.currentTarget as HTMLElement, event.key)) event.preventDefault();
  };
  return (
    <div className="wxt-clerk-popover">
      <div ref={menu} role="menu" aria-label={localized('accounts')} aria-busy={isBusy} onKeyDown={onKeyDown}>
        {sessions.map((session) => (
          <AccountRow
            key={session.id}
            session={session}
            isActive={session.id === activeId}
            onChoose={() => choose(session.id)}
            onSignOut={areSeveral ? () => signOut(session.id) : null}
          />
        ))}
        {openAccountPage && (
          <MenuItem
            icon={<AccountIcon />}
            label={localized('manageAccount')}
            onClick={() => leaveTo(openAccountPage)}
          />
        )}
        {add && <MenuItem icon={<AddIcon />} label={localized('addAccount')} onClick={() => leaveTo(add)} />}
        {(areSeveral || isAlone) && (
          <MenuItem
            icon={<SignOutIcon />}
            label={localized(areSeveral ? 'signOutOfAll' : 'signOut')}
            onClick={() => signOut(pinnedId)}
          />
        )}
      </div>
      {error && <ErrorNotice error={error} onRetry={retry} inline />}
    </div>
  );
}

interface MenuItemProps {
  icon: ReactNode;
  label: string;
  onClick: () => void;
}

function MenuItem({ icon, label, onClick }: MenuItemProps) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} className="wxt-clerk-menu-item" onClick={onClick}>
      {icon}
      <span className="wxt-clerk-menu-text">{label}</span>
    </button>
  );
}

interface AccountRowProps {
  session: SessionSnapshot;
  isActive: boolean;
  onChoose: () => void;
  onSignOut: (() => void) | null;
}

function AccountRow({ session, isActive, onChoose, onSignOut }: AccountRowProps) {
  const person = personOf(session);
  const name = displayName(person, localized('signedIn'));
  return (
    <div role="none" className="wxt-clerk-menu-row">
      <button
        type="button"
        role="menuitemradio"
        aria-checked={isActive}
        tabIndex={-1}
        className="wxt-clerk-menu-item"
        onClick={onChoose}
      >
        {picture<ReactNode>(createElement, person, SMALL_PICTURE)}
        <span className="wxt-clerk-menu-text">
          <span>{name}</span>
          {person.emailAddress && person.emailAddress !== name && <small>{person.emailAddress}</small>}
        </span>
        {isActive && <CheckIcon />}
      </button>
      {onSignOut && (
        <button
          type="button"
          role="menuitem"
          tabIndex={-1}
          className="wxt-clerk-icon-button"
          aria-label={localized('signOutOf', name)}
          title={localized('signOutOf', name)}
          onClick={onSignOut}
        >
          <SignOutIcon />
        </button>
      )}
    </div>
  );
}

function useAccountActions(activeId: string, onClose: () => void) {
  const { isBusy, error, run, retry } = useRequest();
  const choose = (sessionId: string) => {
    if (isBusy) return;
    if (sessionId === activeId) onClose();
    // In the request itself, since it may be tried again.
    else void run(() => sendMessage('set-active', { sessionId }).then(onClose));
  };
  const signOut = (sessionId?: string) => {
    if (!isBusy) void run(() => sendMessage('sign-out', sessionId === undefined ? {} : { sessionId }));
  };
  return { isBusy, error, retry, choose, signOut };
}

/** Has the focus in an open menu, also after the item is gone that had it. */
function useMenuFocus(itemCount: number) {
  const menu = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the items are others
  useEffect(() => {
    if (menu.current) focusMenu(menu.current);
  }, [itemCount]);
  return menu;
}
