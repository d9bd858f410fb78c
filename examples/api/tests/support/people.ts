import type { Emulator, SeededUser } from 'clerk-emulator';
import { FapiClient, send } from 'clerk-emulator/frontend-api-client';
import { CHROME } from './server.ts';

/** Somebody who is signed in in an extension. */
export interface Person {
  client: FapiClient;
  sessionId: string;
  userId: string;
  /** A new session token. @param options `origin`: `null` for none, as Firefox with the origin taken off. */
  token(options?: { origin?: string | null; organizationId?: string; template?: string }): Promise<string>;
}

/** Signs in by password; the seeded user unless another is named. */
export async function signIn(
  emulator: Emulator,
  { emailAddress, password }: Pick<SeededUser, 'emailAddress' | 'password'> = emulator.seededUser,
): Promise<Person> {
  const client = new FapiClient(emulator);
  const sessionId = await client.signIn(emailAddress, password);
  const userId = (await client.call('/client')).json.response.sessions.find(
    (session: { id: string }) => session.id === sessionId,
  ).user.id;
  return {
    client,
    sessionId,
    userId,
    async token({ origin = CHROME, organizationId, template } = {}) {
      const path = `/v1/client/sessions/${sessionId}/tokens${template ? `/${template}` : ''}`;
      const answer = await send(emulator, path, {
        form: organizationId === undefined ? {} : { organization_id: organizationId },
        query: { _is_native: '1' },
        headers: { authorization: `Bearer ${client.credential}`, ...(origin === null ? {} : { origin }) },
      });
      if (answer.status !== 200) throw new Error(`No token: ${answer.text}`);
      return answer.json.jwt;
    },
  };
}
