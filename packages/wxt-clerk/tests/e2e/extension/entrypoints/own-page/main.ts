import { displayName, getToken, watchAuth } from 'wxt-clerk/client';

// A page without Clerk and without React, from which the tests send messages.
watchAuth(({ user }) => {
  element('#person').textContent = user ? `Signed in as ${displayName(user)}.` : 'Nobody is signed in.';
});

element('button').addEventListener('click', async () => {
  element('#asking').textContent = 'Asking…';
  const token = await getToken();
  element('#asking').textContent = '';
  element('[data-testid="token"]').textContent = token;
});

function element(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}
