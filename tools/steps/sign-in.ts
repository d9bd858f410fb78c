import type { Surface } from 'extension-driver';

/** What a person types to sign in. */
export interface Login {
  emailAddress: string;
  password: string;
}

const CONTINUE = { role: 'button', name: 'Continue' };

/** Gives Clerk's form the e-mail address and stops at the password. */
export async function enterEmailAddress(surface: Surface, emailAddress: string): Promise<void> {
  await surface.type('input[name="identifier"]', emailAddress);
  await surface.click(CONTINUE);
}

/** Gives Clerk's form the password, once it asks for it. */
export async function submitPassword(surface: Surface, password: string): Promise<void> {
  await surface.waitForText('Enter your password');
  await surface.type('input[name="password"]', password);
  await surface.click(CONTINUE);
}

/** Signs in through Clerk's own form by password, up to the last click. */
export async function enterPassword(surface: Surface, { emailAddress, password }: Login): Promise<void> {
  await enterEmailAddress(surface, emailAddress);
  await submitPassword(surface, password);
}

/** Asks for a code by e-mail instead of giving the password, and waits for the field that takes it. */
export async function requestEmailCode(surface: Surface, emailAddress: string): Promise<void> {
  await enterEmailAddress(surface, emailAddress);
  await surface.click({ role: 'link', name: 'Use another method' });
  await surface.click({ role: 'button', name: /Email code to/ });
  await waitForCodeField(surface);
}

/** Fills in Clerk's sign-up form, and waits for the field that takes the mailed code. */
export async function requestSignUpCode(surface: Surface, { emailAddress, password }: Login): Promise<void> {
  await surface.click({ role: 'link', name: 'Sign up' });
  await surface.type('input[name="emailAddress"]', emailAddress);
  await surface.type('input[name="password"]', password);
  await surface.click(CONTINUE);
  await waitForCodeField(surface);
}

/** Types a mailed code; Clerk's form sends it with the last digit. */
export async function enterCode(surface: Surface, code: string): Promise<void> {
  await waitForCodeField(surface);
  await surface.type(CODE_FIELD, code);
}

export async function waitForSignInForm(surface: Surface): Promise<void> {
  await surface.waitFor(() => Boolean(document.querySelector('input[name="identifier"]')));
}

/** Waits until a page shows the account card with this name. */
export async function waitUntilSignedIn(surface: Surface, name: string): Promise<void> {
  await surface.waitFor(
    (expected: string) => document.querySelector('.wxt-clerk-profile-name')?.textContent === expected,
    name,
  );
}

const CODE_FIELD = 'input[autocomplete="one-time-code"]';

async function waitForCodeField(surface: Surface): Promise<void> {
  await surface.waitFor((selector: string) => Boolean(document.querySelector(selector)), CODE_FIELD);
}
