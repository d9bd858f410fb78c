import type { EmulatorControl } from 'clerk-emulator';
import type { Surface } from 'extension-driver';
import type { Login } from './sign-in.ts';

/** A token that is asked for by its session, organization and template. */
export interface TokenMessage {
  type: 'get-token';
  sessionId: string;
  organizationId: string;
  template?: string;
}

/** Makes so many people more. */
export async function createPeople(
  control: EmulatorControl,
  count: number,
): Promise<(Login & { userId: string })[]> {
  const people: (Login & { userId: string })[] = [];
  for (let number = 1; number <= count; number += 1) {
    const login = { emailAddress: `clerk-${number}@example.com`, password: `calculate-by-hand-${number}` };
    people.push({ ...login, ...(await control.createUser({ ...login, firstName: `Clerk ${number}` })) });
  }
  return people;
}

/** Makes so many organizations that all of these people are in. */
export async function organizationIdsOf(
  control: EmulatorControl,
  count: number,
  memberUserIds: string[],
): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1)
    ids.push((await control.createOrganization({ name: `Office ${number}`, memberUserIds })).organizationId);
  return ids;
}

/** One message for each distinct token. */
export function tokenMessages(
  sessionIds: string[],
  organizationIds: string[],
  templates: (string | undefined)[],
): TokenMessage[] {
  return sessionIds.flatMap((sessionId) =>
    organizationIds.flatMap((organizationId) =>
      templates.map((template) => ({
        type: 'get-token' as const,
        sessionId,
        organizationId,
        ...(template !== undefined && { template }),
      })),
    ),
  );
}

/** Sends all messages at once from a page of the extension. @returns The tokens, in order; `null` where there was none. */
export function askEach(page: Surface, messages: TokenMessage[]): Promise<(string | null)[]> {
  return page.evaluate((messages: object[]) => {
    interface Api {
      runtime: { sendMessage(message: object): Promise<{ value?: { token: string } | null }> };
    }
    const scope = globalThis as unknown as { browser?: Api; chrome: Api };
    const { runtime } = scope.browser ?? scope.chrome;
    const ask = async (message: object) => (await runtime.sendMessage(message)).value?.token ?? null;
    return Promise.all(messages.map(ask));
  }, messages);
}
