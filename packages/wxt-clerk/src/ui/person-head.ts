import type { UserSnapshot } from '../messages/protocol';
import { extensionName, markUrl } from '../shared/brand';
import { localized } from '../shared/i18n';
import { displayName, initials } from '../shared/user-name';

/**
 * Makes an element: React's `createElement`, or `createDomElement` before React is there. What both of them paint is
 * written here once.
 */
export type CreateElement<Element> = (
  tag: string,
  attributes: Record<string, string | number>,
  ...children: (Element | string | null)[]
) => Element;

/** The extension's mark, `null` when its manifest names no icon. */
export function mark<E>(create: CreateElement<E>): E | null {
  const src = markUrl();
  return src === null
    ? null
    : create('img', { className: 'wxt-clerk-mark', src, alt: '', width: 26, height: 26 });
}

/** The heading of a page. */
export function title<E>(create: CreateElement<E>, text = extensionName()): E {
  return create('h1', { className: 'wxt-clerk-shell-title' }, text);
}

/** Picture, name and address of a person. */
export function personHead<E>(create: CreateElement<E>, user: UserSnapshot): E {
  return create(
    'div',
    { className: 'wxt-clerk-profile-head' },
    picture(create, user),
    create('p', { className: 'wxt-clerk-profile-name' }, displayName(user, localized('signedIn'))),
    user.emailAddress && create('p', { className: 'wxt-clerk-profile-email' }, user.emailAddress),
  );
}

function picture<E>(create: CreateElement<E>, user: UserSnapshot): E {
  const className = 'wxt-clerk-avatar';
  if (user.imageUrl) return create('img', { className, src: user.imageUrl, alt: '', width: 72, height: 72 });
  return create('span', { className, 'aria-hidden': 'true' }, initials(user, localized('signedIn')));
}
