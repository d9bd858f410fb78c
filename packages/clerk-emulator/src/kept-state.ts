import { X509Certificate } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { JWK } from 'jose';
import type { Certificate } from './certificate.ts';
import type { Seeded } from './seeded.ts';
import type { Client } from './state/clients.ts';
import type {
  MembershipRequest,
  OrganizationDomain,
  OrganizationInvitation,
  OrganizationSuggestion,
} from './state/joining.ts';
import type { OrganizationsState } from './state/organizations.ts';
import type { Session } from './state/sessions.ts';
import type { User } from './state/users.ts';

/** Everything that makes an emulator the same one after a restart: who is signed in stays so. */
export interface KeptState {
  certificate: Certificate;
  signingKey: KeptKey;
  /** `null` where the options name one: what is given is not written down. */
  secretKey: string | null;
  /** Signing secrets that were made, by the URL of the webhook. */
  webhookSecrets: [url: string, signingSecret: string][];
  seeded: Seeded;
  users: User[];
  clients: Client[];
  /** Credentials and the clients that they lead to, `null` for a dev browser without one. */
  credentials: [credential: string, clientId: string | null][];
  sessions: Session[];
  organizations: OrganizationsState;
  organizationInvitations: OrganizationInvitation[];
  organizationSuggestions: OrganizationSuggestion[];
  organizationDomains: OrganizationDomain[];
  membershipRequests: MembershipRequest[];
}

export interface KeptKey {
  privateKey: JWK;
  kid: string;
}

/** Of this file's format; another one is no state. */
const VERSION = 6;
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

/** Writes a state to a file, soon after something may have changed it, and when the program ends. */
export interface StateKeeper {
  changed(): void;
  /** Writes for the last time. */
  close(): void;
}

/** Ctrl+C, a program that ends this one, a terminal that was closed. */
const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Keeps what `read` gives in a file until it is closed. */
export function keepState(path: string, read: () => KeptState): StateKeeper {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  // Nothing but synchronous code runs while a program ends.
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    mkdirSync(dirname(path), { recursive: true });
    // Whole or not at all; only for this user, since whoever has the signing key can mint tokens of this instance.
    writeFileSync(`${path}.new`, serialize({ version: VERSION, state: read() }), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
  const tryToWrite = () => {
    try {
      write();
    } catch {
      // The next change tries again; at the end there is nobody to tell.
    }
  };
  const stopWatching = watchEnd(tryToWrite);
  return {
    changed() {
      if (isClosed) return;
      timer ??= setTimeout(tryToWrite, WRITE_DELAY);
      timer.unref();
    },
    close() {
      // Connections that end after this have nothing to tell.
      isClosed = true;
      stopWatching();
      write();
    },
  };
}

/** Calls back when the program is about to end. A signal that nobody else listens to still ends it. */
function watchEnd(callBack: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    callBack();
    // Others decide what it means to them; Node's own answer is off as long as anybody listens.
    if (process.listenerCount(signal) > 1) return;
    stop();
    process.kill(process.pid, signal);
  };
  const stop = () => {
    process.off('exit', callBack);
    for (const signal of END_SIGNALS) process.off(signal, onSignal);
  };
  process.on('exit', callBack);
  for (const signal of END_SIGNALS) process.on(signal, onSignal);
  return stop;
}
