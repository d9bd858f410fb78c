import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { JWK } from 'jose';
import type { Certificate } from './certificate.ts';
import type { Client } from './state/clients.ts';
import type { Session } from './state/sessions.ts';
import type { User } from './state/users.ts';

/** Everything that makes an emulator the same one after a restart: who is signed in stays so. */
export interface KeptState {
  certificate: Certificate;
  signingKey: KeptKey;
  seededUserId: string;
  users: User[];
  clients: Client[];
  /** Credentials and the clients that they lead to, `null` for a dev browser without one. */
  credentials: [credential: string, clientId: string | null][];
  sessions: Session[];
}

export interface KeptKey {
  privateKey: JWK;
  kid: string;
}

/** Of this file's format; another one is no state. */
const VERSION = 3;
/** Requests come in groups. In ms. */
const WRITE_DELAY = 200;

/** The state of a file, `null` when there is none that this version can read: then one starts anew. */
export async function readKeptState(path: string): Promise<KeptState | null> {
  try {
    const { version, state } = deserialize(await readFile(path));
    const isValid =
      version === VERSION &&
      Date.parse(new X509Certificate(state.certificate.certificate).validTo) > Date.now();
    return isValid ? state : null;
  } catch {
    return null;
  }
}

/** Writes a state to a file, soon after something may have changed it. */
export interface StateKeeper {
  changed(): void;
  /** Writes what is to be written now. */
  flush(): Promise<void>;
}

export function keepState(path: string, read: () => KeptState): StateKeeper {
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  const write = async () => {
    await mkdir(dirname(path), { recursive: true });
    // Whole or not at all; only for this user, since whoever has the signing key can mint tokens of this instance.
    await writeFile(`${path}.new`, serialize({ version: VERSION, state: read() }), { mode: 0o600 });
    await rename(`${path}.new`, path);
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write, write);
    return writing;
  };
  return {
    changed() {
      timer ??= setTimeout(() => void flush().catch(() => {}), WRITE_DELAY);
      timer.unref();
    },
    flush,
  };
}
