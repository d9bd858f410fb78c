import { browser } from 'wxt/browser';

/** Where a page is shown: only the popup has a size of its own, and offers the panel. */
export type Place = 'popup' | 'panel';

/** The class of a popup's body. In the HTML itself it gives the popup its size from the first paint on. */
const POPUP_CLASS = 'wxt-clerk-popup';

/** Where this page is shown. Anything that is no popup is laid out as a panel: it may have any size. */
export function currentPlace(): Place {
  const isPopup =
    document.body.classList.contains(POPUP_CLASS) ||
    browser.extension?.getViews?.({ type: 'popup' }).includes(window);
  return isPopup ? 'popup' : 'panel';
}

/** Lets the style sheet know. */
export function markPlace(): void {
  document.body.classList.add('wxt-clerk-page');
  document.body.classList.toggle(POPUP_CLASS, currentPlace() === 'popup');
}
