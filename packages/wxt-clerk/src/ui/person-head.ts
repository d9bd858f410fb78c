import type { UserSnapshot } from '../messages/protocol';
import { extensionName, markUrl } from '../shared/brand';
import { localized } from '../shared/i18n';
import { displayName, initials } from '../shared/user-name';

/** What of a person is shown beside others. */
export type Person = Pick<UserSnapshot, 'firstName' | 'lastName' | 'emailAddress' | 'imageUrl'>;

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

/**
 * Picture, name and address of a person.
 *
 * @param opensList It is the button that opens the list of accounts.
 */
export function personHead<E>(create: CreateElement<E>, person: Person, opensList = false): E {
  // A button has no paragraphs in it.
  const line = opensList ? 'span' : 'p';
  return create(
    ...(opensList ? listButton() : PLAIN),
    picture(create, person),
    create(line, { className: 'wxt-clerk-profile-name' }, displayName(person, localized('signedIn'))),
    person.emailAddress && create(line, { className: 'wxt-clerk-profile-email' }, person.emailAddress),
  );
}

/** Of a picture in a list, in pixels as in styles.css. */
export const SMALL_PICTURE = { className: 'wxt-clerk-avatar wxt-clerk-avatar-small', size: 32 };

/** A person's picture, or their initials. @param size In pixels. */
export function picture<E>(
  create: CreateElement<E>,
  person: Person,
  { className = 'wxt-clerk-avatar', size = 72 } = {},
): E {
  const { imageUrl: src } = person;
  if (src) return create('img', { className, src, alt: '', width: size, height: size });
  return create('span', { className, 'aria-hidden': 'true' }, initials(person, localized('signedIn')));
}

type Described = [tag: string, attributes: Record<string, string>];

const PLAIN: Described = ['div', { className: 'wxt-clerk-profile-head' }];

function listButton(): Described {
  const className = 'wxt-clerk-profile-head wxt-clerk-switch';
  const title = localized('accounts');
  return ['button', { className, type: 'button', title, 'aria-haspopup': 'menu', 'aria-expanded': 'false' }];
}
