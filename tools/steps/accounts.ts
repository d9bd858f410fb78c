import type { Surface } from 'extension-driver';
import { type Login, submitPassword } from './sign-in.ts';

/** Opens the list of accounts, below the person's name in the card. */
export async function openAccounts(surface: Surface): Promise<void> {
  await surface.click('button.wxt-clerk-switch');
  await surface.waitForText('Add account');
  await surface.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => {}),
  );
}

/** Opens Clerk's form for a further account, by the list of accounts. */
export async function openAccountForm(surface: Surface): Promise<void> {
  await openAccounts(surface);
  await surface.click({ role: 'menuitem', name: 'Add account' });
}

/** Adds an account through Clerk's own form, up to the last click. */
export async function addAccount(surface: Surface, { emailAddress, password }: Login): Promise<void> {
  await openAccountForm(surface);
  await surface.type('input[name="identifier"]', emailAddress);
  await surface.click({ role: 'button', name: 'Continue' });
  await submitPassword(surface, password);
}

/** Makes another account the active one. */
export async function switchAccount(surface: Surface, name: RegExp): Promise<void> {
  await openAccounts(surface);
  await surface.click({ role: 'menuitemradio', name });
}

/** Opens Clerk's list of organizations in place of the product, and chooses one. */
export async function chooseOrganization(surface: Surface, name: RegExp): Promise<void> {
  await openOrganizations(surface);
  await surface.click({ role: 'button', name });
}

/** Opens Clerk's list of organizations in place of the product. */
export async function openOrganizations(surface: Surface): Promise<void> {
  await surface.click('button[title="Switch organization"]');
  await surface.waitForText('Choose an account');
}
