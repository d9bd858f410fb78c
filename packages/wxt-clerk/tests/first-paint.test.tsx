import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { UserSnapshot } from '../src/messages/protocol';
import { displayName } from '../src/shared/user-name';
import { AuthScreen } from '../src/ui/AuthScreen';
import { paintUser } from '../src/ui/paint-user';
import { both, instanceIs } from './support/accounts';
import { ADA, fakeBackground, PENDING_ADA } from './support/fake-background';
import { sessionOf } from './support/sessions';

const HTML = '<div id="root"></div>';
const PEOPLE: Record<string, UserSnapshot> = {
  'a person with everything but a picture': ADA,
  'a person with a picture': { ...ADA, imageUrl: 'https://img.clerk.com/ada' },
  'a person with a name alone': { ...ADA, emailAddress: null },
  'a person with an address alone': { ...ADA, firstName: null, lastName: null },
};

afterEach(cleanup);

const popup = () => new DOMParser().parseFromString(HTML, 'text/html');
const HEAD = '.wxt-clerk-profile > :first-child';
const rootOf = (page: Document) => page.querySelector('#root') as Element;

/** Elements, attributes and texts of what matches, whatever the white space between them. */
function shape(within: ParentNode, selector: string): unknown {
  const describeNode = (node: Element): unknown => [
    node.tagName.toLowerCase(),
    Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]).sort()),
    node.children.length > 0 ? [...node.children].map(describeNode) : node.textContent,
  ];
  const found = within.querySelector(selector);
  return found && describeNode(found);
}

describe('the first paint of the popup', () => {
  test.each(Object.entries(PEOPLE))('shows %s as React does a moment later', async (_, user) => {
    const page = popup();
    const { publish } = fakeBackground({ 'get-user': () => new Promise<never>(() => {}) });
    await publish({ revision: 1, user });
    paintUser(page, user);
    const { container } = render(<AuthScreen />);
    await screen.findAllByText(displayName(user));
    for (const part of ['.wxt-clerk-shell-header', HEAD]) {
      expect(shape(container, part)).not.toBeNull();
      expect(shape(rootOf(page), part), part).toEqual(shape(container, part));
    }
    for (const selector of ['.wxt-clerk-shell > .wxt-clerk-shell-main > .wxt-clerk-profile[aria-label]'])
      expect([rootOf(page), container].map((within) => within.querySelectorAll(selector).length)).toEqual([
        1, 1,
      ]);
  });

  test.each([
    ['several accounts are signed in', false, both()],
    ['a further one may be', true, { revision: 1, user: ADA, sessions: [sessionOf(ADA)] }],
  ])('shows the button that opens the list where %s', async (_, isMultiSession, state) => {
    instanceIs({ isMultiSession });
    const page = popup();
    const { publish } = fakeBackground({ 'get-user': () => new Promise<never>(() => {}) });
    await publish(state);
    paintUser(page, state.user, state.sessions);
    const { container } = render(<AuthScreen />);
    await screen.findAllByText(displayName(ADA));
    expect(container.querySelector('button.wxt-clerk-profile-head')).not.toBeNull();
    expect(shape(rootOf(page), HEAD)).toEqual(shape(container, HEAD));
    localStorage.clear();
  });

  test.each([null, PENDING_ADA])('shows nothing when nobody is signed in, or not yet', (user) => {
    fakeBackground({});
    const page = popup();
    paintUser(page, user);
    expect(rootOf(page).childNodes).toHaveLength(0);
  });

  test('leaves a page alone that React has painted', () => {
    const page = popup();
    rootOf(page).textContent = 'React';
    paintUser(page, ADA);
    expect(rootOf(page).textContent).toBe('React');
  });

  test('does nothing in a page that is not there yet', () => {
    expect(() => paintUser(new DOMParser().parseFromString('', 'text/html'), ADA)).not.toThrow();
  });
});
