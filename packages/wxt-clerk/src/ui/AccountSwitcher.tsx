import { cloneElement, createElement, type ReactElement, type ReactNode } from 'react';
import type { UserSnapshot } from '../messages/protocol';
import { AccountPopover } from './AccountPopover';
import type { Accounts } from './accounts';
import { personHead } from './person-head';
import { type Popover, usePopover } from './usePopover';

export interface AccountSwitcherProps {
  user: UserSnapshot;
  accounts: Accounts;
}

/** Who is signed in, as a button that opens the list of accounts. */
export function AccountSwitcher({ user, accounts }: AccountSwitcherProps) {
  const { isOpen, close, place, button } = usePopover();
  const head = personHead<ReactNode>(createElement, user, true) as ReactElement<Popover['button']>;
  return (
    <div ref={place} className="wxt-clerk-switcher">
      {cloneElement(head, button)}
      {isOpen && <AccountPopover activeId={user.sessionId} accounts={accounts} onClose={close} />}
    </div>
  );
}
