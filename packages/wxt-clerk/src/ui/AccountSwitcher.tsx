import {
  cloneElement,
  createElement,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
} from 'react';
import type { UserSnapshot } from '../messages/protocol';
import type { Accounts } from './accounts';
import { LazyPopover } from './LazyPopover';
import { personHead } from './person-head';
import { type Popover, usePopover } from './usePopover';

export interface AccountSwitcherProps {
  user: UserSnapshot;
  accounts: Accounts;
}

/** Who is signed in, as a button that opens the list of accounts. */
export function AccountSwitcher({ user, accounts }: AccountSwitcherProps) {
  const { isOpen, close, place, button } = usePopover();
  useFocusInCard(place);
  const head = personHead<ReactNode>(createElement, user, true) as ReactElement<Popover['button']>;
  return (
    <div ref={place} className="wxt-clerk-switcher">
      {cloneElement(head, button)}
      {isOpen && <LazyPopover activeId={user.sessionId} accounts={accounts} onClose={close} />}
    </div>
  );
}

/** The list goes with the last but one account: the focus that was in it stays in the card. */
function useFocusInCard(place: RefObject<HTMLElement | null>): void {
  useLayoutEffect(
    () => () => {
      const list = place.current;
      if (!list?.contains(document.activeElement)) return;
      const next = '.wxt-clerk-actions button, .wxt-clerk-button-quiet';
      list.parentElement?.querySelector<HTMLElement>(next)?.focus();
    },
    [place],
  );
}
