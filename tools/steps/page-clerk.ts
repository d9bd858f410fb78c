import type { Surface } from 'extension-driver';
import type { Login } from './sign-in.ts';

/** What the steps need of the Clerk in a page. */
interface PageClerk {
  loaded: boolean;
  client: { signIn: { create(params: object): Promise<{ createdSessionId: string | null }> } };
  setActive(params: { session: string }): Promise<void>;
}

/** Has a page of who is signed in load Clerk, by the way to the account page. */
export async function loadClerk(page: Surface): Promise<void> {
  await page.click({ role: 'button', name: 'Manage account' });
  await page.waitForText('Profile details');
}

/**
 * Signs somebody in beside who is there, by the Clerk of a page as its form does with the last click.
 *
 * @returns The id of the new session. The background learns of it from the page, a moment later.
 */
export function addAccount(page: Surface, { emailAddress, password }: Login): Promise<string> {
  return page.evaluate(
    async (identifier: string, password: string) => {
      const { Clerk } = globalThis as unknown as { Clerk: PageClerk };
      const strategy = 'password';
      const { createdSessionId } = await Clerk.client.signIn.create({ strategy, identifier, password });
      if (!createdSessionId) throw new Error(`${identifier} has no session yet.`);
      await Clerk.setActive({ session: createdSessionId });
      return createdSessionId;
    },
    emailAddress,
    password,
  );
}
