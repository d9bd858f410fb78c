import { createHash } from 'node:crypto';
import type { Core } from '../core.ts';
import { webPublishableKey } from '../publishable-key.ts';
import type { Client } from '../state/clients.ts';
import { mintSessionToken } from './session-token.ts';
import { lastActiveSession } from './sessions.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Whose app it is that asks. */
export interface HandshakeParty {
  client: Client | null;
  /** In development. */
  devBrowser: string | null;
  /** Of the app; becomes the session token's `azp`. */
  origin: string;
}

/** The cookies of an app's own host, for its server to set, in a token of ours that `@clerk/backend` reads. */
export async function handshakeToken(core: Core, party: HandshakeParty): Promise<string> {
  const { client, devBrowser, origin } = party;
  const session = client && lastActiveSession(core, client);
  const token = session ? await mintSessionToken(core, session, origin) : null;
  const changedAt = client && session ? Math.floor(client.updatedAt / 1000) : 0;
  const values = [
    ['__session', token],
    ['__client_uat', String(changedAt)],
    ...(devBrowser === null ? [] : [['__clerk_db_jwt', devBrowser] as const]),
  ] as const;
  const handshake = values.flatMap(([name, value]) => cookies(core, origin, name, value));
  return core.signer.signCredential({ handshake });
}

/** Each cookie has a twin, whose name says which instance it is of. `null` deletes both. */
function cookies(core: Core, origin: string, name: string, value: string | null): string[] {
  const scope = `Path=/; SameSite=Lax${origin.startsWith('https:') ? '; Secure' : ''}`;
  const ending = value === null ? 'Max-Age=0' : `Max-Age=${YEAR_SECONDS}`;
  return [name, `${name}_${cookieSuffix(core)}`].map((each) => `${each}=${value ?? ''}; ${scope}; ${ending}`);
}

/** As clerk-js makes it of the key. */
function cookieSuffix({ instance, url }: Core): string {
  const key = webPublishableKey(instance, new URL(url).host);
  return createHash('sha1').update(key).digest('base64url').slice(0, 8);
}
