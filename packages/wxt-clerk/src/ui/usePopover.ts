import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

const MEANINGS: Record<string, 'open' | 'leave' | 'close' | undefined> = {
  ArrowDown: 'open',
  ArrowUp: 'open',
  Tab: 'leave',
  Escape: 'close',
};

/** What a key does at the button of a menu, or in the menu whatever item has the focus. */
export function meaningOf({ key }: { key: string }): 'open' | 'leave' | 'close' | undefined {
  return MEANINGS[key];
}

/** A small window below a button of the page. */
export interface Popover {
  isOpen: boolean;
  /** Closes it, and gives the focus back to its button. */
  close: () => void;
  /** Of the element that holds both. */
  place: RefObject<HTMLDivElement | null>;
  button: {
    ref: RefObject<HTMLButtonElement | null>;
    'aria-haspopup': 'menu';
    'aria-expanded': boolean;
    onClick: () => void;
    onKeyDown: (event: KeyboardEvent) => void;
  };
}

/** Opens by a click or an arrow; goes by the button itself, by Escape, and by a click or the focus elsewhere. */
export function usePopover(): Popover {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => (isOpen ? watchLeaving(place, button, () => setOpen(false)) : undefined), [isOpen]);
  return {
    isOpen,
    close,
    place,
    button: {
      ref: button,
      'aria-haspopup': 'menu',
      'aria-expanded': isOpen,
      onClick: () => setOpen(!isOpen),
      onKeyDown: (event) => {
        if (meaningOf(event) !== 'open') return;
        event.preventDefault();
        setOpen(true);
      },
    },
  };
}

/** Only Escape gives the focus back: what goes elsewhere takes it along. */
function watchLeaving(place: Popover['place'], button: Popover['button']['ref'], onLeave: () => void) {
  const leaveElsewhere = ({ target }: Event) => {
    if (!place.current?.contains(target as Node)) onLeave();
  };
  const leaveByKey = (event: globalThis.KeyboardEvent) => {
    if (meaningOf(event) !== 'close') return;
    // Else it closes the extension's popup.
    event.preventDefault();
    onLeave();
    button.current?.focus();
  };
  document.addEventListener('pointerdown', leaveElsewhere);
  document.addEventListener('focusin', leaveElsewhere);
  document.addEventListener('keydown', leaveByKey);
  return () => {
    document.removeEventListener('pointerdown', leaveElsewhere);
    document.removeEventListener('focusin', leaveElsewhere);
    document.removeEventListener('keydown', leaveByKey);
  };
}
