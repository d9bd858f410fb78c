import type { Emulator } from 'clerk-emulator';
import type { Surface } from 'extension-driver';

interface CookiesApi {
  cookies: {
    getAll(query: object): Promise<{ name: string; value: string }[]>;
    remove(details: object): Promise<unknown>;
  };
}

/** Where the web app's cookies are, and which of them is the credential. */
function credentialOf({ url, webPublishableKey }: Emulator): { url: string; name: string } {
  const isProduction = webPublishableKey.startsWith('pk_live_');
  return isProduction
    ? { url: `https://${new URL(url).hostname}`, name: '__client' }
    : { url: 'http://localhost', name: '__clerk_db_jwt' };
}

/** The web app's client credential, as the extension may see it. */
export async function readCredential(page: Surface, emulator: Emulator): Promise<string> {
  const [cookie] = await page.evaluate((query: object) => {
    const scope = globalThis as unknown as { browser?: CookiesApi; chrome: CookiesApi };
    return (scope.browser ?? scope.chrome).cookies.getAll(query);
  }, credentialOf(emulator));
  if (!cookie) throw new Error('The web app has no credential.');
  return cookie.value;
}

/** Removes the web app's cookies, as a person does who clears them. */
export async function removeCookies(page: Surface, emulator: Emulator): Promise<void> {
  await page.evaluate(async ({ url }: { url: string }) => {
    const scope = globalThis as unknown as { browser?: CookiesApi; chrome: CookiesApi };
    const { cookies } = scope.browser ?? scope.chrome;
    for (const { name } of await cookies.getAll({ url })) await cookies.remove({ url, name });
  }, credentialOf(emulator));
}
