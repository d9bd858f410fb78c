import type { Answer } from '../../src/frontend-api-client.ts';
import { CheckedClient, client, emulator } from './checked.ts';

/** The seeded people, as they sign in. */
export function people() {
  const [ada, charles, mary] = emulator.seededPeople;
  return { ada, charles, mary };
}

/** The ids of the seeded organizations. */
export function organizations() {
  const [globex, initech] = emulator.seededOrganizations;
  return { globex: globex.organizationId, initech: initech.organizationId };
}

/** Signs one of the seeded people in on a client of their own. */
export async function signInAs(
  who: 'charles' | 'mary',
): Promise<{ other: CheckedClient; sessionId: string }> {
  const other = new CheckedClient(emulator);
  const { emailAddress, password } = people()[who];
  return { other, sessionId: await other.signIn(emailAddress, password) };
}

/** What became of a request: `'200'`, or status and code. */
export function outcome({ status, json }: Answer): string {
  return status === 200 ? '200' : `${status} ${json.errors[0].code}`;
}

/** The part of a list's answer that a test compares. */
export async function listOf<T>(path: string, field: string, query: Record<string, string | string[]> = {}) {
  const { json } = await client.call(path, { query });
  return json.response.data.map((item: Record<string, T>) => item[field]) as T[];
}
