import type { TokenSigner } from '../tokens.ts';
import { generateId } from './ids.ts';
import type { SignIn } from './sign-in.ts';
import type { SignUp } from './sign-up.ts';
import { moveOn } from './updated-at.ts';

/** One browser, or one installed extension, as the Frontend API knows it. */
export interface Client {
  id: string;
  /** The newest client JWT; unused in development, where the dev browser is the credential. */
  credential: string | null;
  signIn: SignIn | null;
  signUp: SignUp | null;
  lastActiveSessionId: string | null;
  lastAuthenticationStrategy: string | null;
  hasPassedCaptcha: boolean;
  /** A sign-in was completed elsewhere: the next answer brings the new JWT. */
  isRotationDue: boolean;
  createdAt: number;
  updatedAt: number;
}

/** An attempt that was not left alone for too long; `now` is in Unix ms. */
export function pendingAttempt<T extends SignIn | SignUp>(attempt: T | null, now: number): T | null {
  return attempt && now < attempt.abandonAt ? attempt : null;
}

/** The attempt that a client shows: a complete one is still known by its id, but it is not the client's any more. */
export function currentAttempt<T extends SignIn | SignUp>(attempt: T | null, now: number): T | null {
  return attempt?.status === 'complete' ? null : pendingAttempt(attempt, now);
}

/** Clients and the credentials that lead to them. A credential is known or it is not: none is ever decoded. */
export class Clients {
  readonly #byId = new Map<string, Client>();
  /** Value `null`: a dev browser that has no client yet. */
  readonly #clientIds = new Map<string, string | null>();
  readonly #now: () => number;
  readonly #signer: TokenSigner;

  constructor(now: () => number, signer: TokenSigner) {
    this.#now = now;
    this.#signer = signer;
  }

  create(): Client {
    const now = this.#now();
    const client: Client = {
      id: generateId('client'),
      credential: null,
      signIn: null,
      signUp: null,
      lastActiveSessionId: null,
      lastAuthenticationStrategy: null,
      hasPassedCaptcha: false,
      isRotationDue: false,
      createdAt: now,
      updatedAt: now,
    };
    this.#byId.set(client.id, client);
    return client;
  }

  find(clientId: string): Client | null {
    return this.#byId.get(clientId) ?? null;
  }

  /** An unknown credential means "no client", as one of an earlier run does. */
  findByCredential(credential: string): Client | null {
    const clientId = this.#clientIds.get(credential);
    return clientId ? this.find(clientId) : null;
  }

  knowsCredential(credential: string): boolean {
    return this.#clientIds.has(credential);
  }

  /** A new client JWT. The earlier ones keep working unless rotation is strict. */
  async rotateCredential(client: Client): Promise<void> {
    client.isRotationDue = false;
    const rotatingToken = generateId('rot');
    client.credential = await this.#signer.signCredential({ id: client.id, rotating_token: rotatingToken });
    this.#clientIds.set(client.credential, client.id);
  }

  /** A dev browser without a client. */
  async createDevBrowser(): Promise<string> {
    const devBrowser = await this.#signer.signCredential({ id: generateId('dvb'), dev: generateId('dev') });
    this.#clientIds.set(devBrowser, null);
    return devBrowser;
  }

  bindDevBrowser(devBrowser: string, client: Client): void {
    this.#clientIds.set(devBrowser, client.id);
  }

  /** Moves `updatedAt` on; clerk-js derives a cookie from it in development. */
  changed(client: Client): void {
    moveOn(client, this.#now());
  }

  /** Forgets the client; its dev browsers live on without one. */
  delete(client: Client): void {
    this.#byId.delete(client.id);
  }

  all(): Client[] {
    return [...this.#byId.values()];
  }

  /** Every credential with the client that it leads to, `null` for a dev browser without one. */
  credentials(): [string, string | null][] {
    return [...this.#clientIds];
  }

  /** Takes up clients of an earlier run, with their credentials. */
  restore(clients: readonly Client[], credentials: readonly [string, string | null][]): void {
    for (const client of clients) this.#byId.set(client.id, client);
    for (const [credential, clientId] of credentials) this.#clientIds.set(credential, clientId);
  }

  clear(): void {
    this.#byId.clear();
    this.#clientIds.clear();
  }
}
