import { type Answer, send } from '../../src/frontend-api-client.ts';
import { emulator } from '../../src/vitest.ts';

/** What somebody does on a provider's page: the button, and what was typed in before. */
export type Choice = Record<string, string>;

export const SOMEBODY_NEW = {
  choice: 'new-person',
  emailAddress: 'newcomer@example.com',
  firstName: 'New',
  lastName: 'Comer',
  shareEmail: 'true',
};

/** The page's own HTML. */
export async function readPage(pageUrl: string): Promise<string> {
  const answer = await fetch(pageUrl);
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.text();
}

/** The button of somebody whom the page offers. */
export async function personButton(pageUrl: string, emailAddress: string): Promise<Choice> {
  const page = await readPage(pageUrl);
  const [, account] =
    new RegExp(`name="account" value="(\\d+)" data-email="${emailAddress}"`).exec(page) ?? [];
  if (account === undefined) throw new Error(`The page does not offer ${emailAddress}.`);
  return { account };
}

/** Presses a button. @returns where the provider sends the browser to */
export async function press(pageUrl: string, choice: Choice): Promise<URL> {
  const answer = await fetch(pageUrl, {
    method: 'POST',
    body: new URLSearchParams(choice),
    redirect: 'manual',
  });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`${answer.status} ${await answer.text()}`);
  return new URL(location);
}

/** Opens the Frontend API's callback as a browser does. */
export function openCallback(callback: URL, headers: Record<string, string> = {}): Promise<Answer> {
  return send(emulator, `${callback.pathname}${callback.search}`, { headers });
}

/** All of it. @returns the app's address that the browser ends at */
export async function goThroughProvider(pageUrl: string, choice: Choice): Promise<URL> {
  const answer = await openCallback(await press(pageUrl, choice));
  if (answer.status !== 303) throw new Error(`${answer.status} ${answer.text}`);
  return new URL(answer.headers.location ?? '');
}
