import type { UserSnapshot } from '../messages/protocol';
import type { AuthState } from '../shared/auth-state';
import { language, localized } from '../shared/i18n';
import { readInstanceHint } from './instance-hint';
import { type CreateElement, mark, personHead, title } from './person-head';

/**
 * Shows who is signed in before React is there, where React will put the same a moment later. Does nothing when nobody is
 * signed in, or when React was faster.
 */
export function paintUser(
  document: Document,
  user: UserSnapshot | null,
  sessions: AuthState['sessions'] = [],
): void {
  const root = document.querySelector('#root');
  // Who has a task left to do is shown Clerk's form.
  if (user?.status !== 'active' || !root || root.hasChildNodes()) return;
  const create = createDomElement(document);
  const opensList = sessions.length > 1 || readInstanceHint().isMultiSession;
  const head = personHead(create, user, opensList);
  document.documentElement.lang = language();
  root.append(
    create(
      'div',
      { className: 'wxt-clerk-shell wxt-clerk-shell-popup' },
      create('header', { className: 'wxt-clerk-shell-header' }, mark(create), title(create)),
      create(
        'main',
        { className: 'wxt-clerk-shell-main' },
        create(
          'section',
          { className: 'wxt-clerk-profile', 'aria-label': localized('signedIn') },
          opensList ? create('div', { className: 'wxt-clerk-switcher' }, head) : head,
        ),
      ),
    ),
  );
}

function createDomElement(document: Document): CreateElement<Element> {
  return (tag, { className = '', ...attributes }, ...children) => {
    const element = document.createElement(tag);
    element.className = String(className);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.append(...children.filter((child) => child !== null));
    return element;
  };
}
