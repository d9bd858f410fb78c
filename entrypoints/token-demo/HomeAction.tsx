import { browser } from 'wxt/browser';
import { Action } from 'wxt-clerk/ui';
import { localized } from '../../utils/localized';
import { TokenIcon } from './icons';

/** Opens the token demo in a new tab. A popup closes by itself as the tab takes the focus. */
export function HomeAction() {
  const open = () => void browser.tabs.create({ url: browser.runtime.getURL('/token-demo.html') });
  return <Action icon={<TokenIcon />} label={localized('openTokenDemo')} onClick={open} />;
}
