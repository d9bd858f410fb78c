import {
  displayName,
  errorSentence,
  getToken,
  signInWith,
  toMessageError,
  watchAuth,
} from 'wxt-clerk/client';

// A page without Clerk and without React, from which the tests send messages.
watchAuth(({ user }) => {
  element('#person').textContent = user ? `Signed in as ${displayName(user)}.` : 'Nobody is signed in.';
});

element('#get-token').addEventListener('click', async () => {
  element('#asking').textContent = 'Asking…';
  const token = await getToken();
  element('#asking').textContent = '';
  element('[data-testid="token"]').textContent = token;
});

element('#sign-in-with').addEventListener('click', async () => {
  element('#asking').textContent = '';
  await signInWith({ strategy: 'oauth_github' }).catch((reason) => {
    element('#asking').textContent = errorSentence(toMessageError(reason).code);
  });
});

function element(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}
