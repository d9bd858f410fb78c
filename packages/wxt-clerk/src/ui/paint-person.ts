import type { UserSnapshot } from '../messages/protocol';
import { language, localized } from '../shared/i18n';
import { displayName, initials } from '../shared/user-name';

/**
 * Shows who is signed in before React is there: fills the page's template and puts it where React will put the same.
 * Does nothing when nobody is signed in, or when React was faster.
 */
export function paintPerson(document: Document, user: UserSnapshot | null): void {
  const root = document.querySelector('#root');
  const template = document.querySelector('template');
  if (!user || !root || !template || root.hasChildNodes()) return;
  const card = template.content.cloneNode(true) as DocumentFragment;
  const fill = (selector: string, text: string) => {
    const element = card.querySelector(selector);
    if (element) element.textContent = text;
  };
  document.documentElement.lang = language();
  fill('.shell-title', localized('extensionName'));
  card.querySelector('.profile')?.setAttribute('aria-label', localized('signedIn'));
  fill('.avatar', initials(user));
  fill('.profile-name', displayName(user));
  fill('.profile-email', user.emailAddress ?? '');
  if (!user.emailAddress) card.querySelector('.profile-email')?.remove();
  if (user.imageUrl) card.querySelector('.avatar')?.replaceWith(picture(document, user.imageUrl));
  root.append(card);
}

function picture(document: Document, url: string): HTMLImageElement {
  const image = document.createElement('img');
  Object.assign(image, { className: 'avatar', src: url, alt: '', width: 72, height: 72 });
  return image;
}
