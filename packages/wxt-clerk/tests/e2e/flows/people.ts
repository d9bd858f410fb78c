import type { NewUser } from 'clerk-emulator';
import type { Surface, Target } from 'extension-driver';
import { expect } from 'vitest';
import { waitUntilSignedIn } from '../../../../../tools/steps/sign-in.ts';

/** Who goes through the flows. */
export const GRACE = {
  emailAddress: 'grace@example.com',
  password: 'nanosecond-1906',
  firstName: 'Grace',
  lastName: 'Hopper',
} satisfies NewUser;

/** What is set up in her authenticator app, where a flow wants one. */
export const SECRET = 'JBSWY3DPEHPK3PXP';

/** Her number, where a flow wants one. */
export const PHONE = '+15555550100';

export const CONTINUE = { role: 'button', name: 'Continue' };

/** The card shows her: she is signed in. */
export const graceIsSignedIn = (page: Surface): Promise<void> => waitUntilSignedIn(page, 'Grace Hopper');

/** Types her number without its country. Clerk formats it meanwhile, and may lose a digit of who types without a pause. */
export async function typePhone(page: Surface, field: string): Promise<void> {
  const digits = PHONE.replace('+1', '');
  const typed = () =>
    page.evaluate((selector: string) => document.querySelector<HTMLInputElement>(selector)?.value, field);
  do await page.type(field, digits);
  while ((await typed())?.replaceAll(/\D/g, '') !== digits);
}

/** Gives Clerk's form her number. */
export async function enterPhone(page: Surface, submit: Target = CONTINUE): Promise<void> {
  await typePhone(page, 'input[name="phoneNumber"]');
  await page.click(submit);
}

/** The secret that Clerk gives for an authenticator app: what its QR code says. */
export async function readSecret(page: Surface): Promise<string> {
  const read = () =>
    page.evaluate(() => document.querySelector<HTMLInputElement>('input[readonly]')?.value ?? '');
  // The card may still unfold, and its button move away from under a click.
  const open = async () => {
    await page.click({ role: 'button', name: /^Can.t scan QR code/ });
    return await read();
  };
  await expect.poll(open, { timeout: 10_000, interval: 500 }).not.toBe('');
  return await read();
}
