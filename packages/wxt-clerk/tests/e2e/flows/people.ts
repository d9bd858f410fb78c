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

/**
 * Fills in Clerk's form, each input by its name, until all have what they are to have: hints that unfold below one move
 * the next away from under a click, and Clerk's own focus and checks may take a letter of who types without a pause.
 */
export async function fillIn(page: Surface, texts: Record<string, string>): Promise<void> {
  const findWrong = () =>
    page.evaluate((wanted: Record<string, string>) => {
      const seenIn = (name: string) =>
        document.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value;
      return Object.keys(wanted).filter((name) => seenIn(name) !== wanted[name]);
    }, texts);
  for (let wrong = Object.keys(texts); wrong.length > 0; wrong = await findWrong())
    for (const name of wrong) await page.type(`input[name="${name}"]`, texts[name] ?? '');
}

/** Fills in a form and submits it, again where the button moved away from under the click, until the form is gone. */
export async function submitForm(
  page: Surface,
  texts: Record<string, string>,
  submit: Target,
): Promise<void> {
  const isOpen = () =>
    page.evaluate(
      (names: string[]) => names.some((name) => document.querySelector(`input[name="${name}"]`)),
      Object.keys(texts),
    );
  const goes = () =>
    expect
      .poll(isOpen, { timeout: 4000 })
      .toBe(false)
      .then(
        () => true,
        () => false,
      );
  do {
    await fillIn(page, texts);
    await page.click(submit);
  } while (!(await goes()));
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
