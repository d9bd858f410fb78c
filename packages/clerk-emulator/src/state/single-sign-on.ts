import { randomBytes } from 'node:crypto';
import type { ErrorJson } from '../errors.ts';
import type { ProviderAccount } from './external-accounts.ts';
import type { Verification } from './verification.ts';

/** How long a provider's page may be open. */
export const AUTHORIZATION_LIFETIME_MS = 10 * 60 * 1000;
/** A callback is read at once. */
const NONCE_LIFETIME_MS = 60 * 1000;

/** A proof that a provider gives on a page of its own. */
export interface ExternalVerification extends Verification {
  /** The address of the provider's page; `null` once it has answered. */
  pageUrl: string | null;
  /** Of enterprise connections. */
  connectionId: string | null;
  error: ErrorJson | null;
  /** Whom the provider named, kept for a transfer between sign-in and sign-up. */
  account: ProviderAccount | null;
  expireAt: number;
}

/** Whether a verification is a provider's. */
export function isExternalVerification(
  verification: Verification | null,
): verification is ExternalVerification {
  return verification !== null && 'pageUrl' in verification;
}

/** What a provider was asked, by the `state` that it hands back. */
export interface Authorization {
  purpose: 'sign-in' | 'sign-up' | 'connect';
  clientId: string;
  /** Of the sign-in, the sign-up, or the external account. */
  targetId: string;
  /** Of the user whose account is to be connected. */
  userId: string | null;
  /** An attempt that was begun anew has another one. */
  verification: ExternalVerification;
  /** Where the browser goes while there is more to do, and when it is done. */
  redirectUrl: string;
  completeRedirectUrl: string;
  /** Whether it is a web page's, whose client lives in cookies. */
  isWebPage: boolean;
}

interface Nonce {
  clientId: string;
  /** The one request that it is good for. */
  path: string;
  /** Unix ms. */
  expireAt: number;
}

/** What is under way with providers: lives in memory, as long as a page is open. */
export class SingleSignOn {
  readonly #authorizations = new Map<string, Authorization>();
  readonly #grants = new Map<string, ProviderAccount>();
  readonly #nonces = new Map<string, Nonce>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns the `state` for the provider */
  begin(state: string, authorization: Authorization): void {
    this.#authorizations.set(state, authorization);
  }

  /** A provider's page is answered once. */
  takeAuthorization(state: string): Authorization | null {
    return take(this.#authorizations, state);
  }

  /** Whom a provider let in. @returns the `code` that says so once */
  grant(account: ProviderAccount): string {
    const code = randomSecret();
    this.#grants.set(code, account);
    return code;
  }

  takeGrant(code: string): ProviderAccount | null {
    return take(this.#grants, code);
  }

  /** A `rotating_token_nonce`: whoever has it and the client's old credential gets the new one, by one request, once. */
  createNonce(clientId: string, path: string): string {
    const nonce = randomSecret();
    this.#nonces.set(nonce, { clientId, path, expireAt: this.#now() + NONCE_LIFETIME_MS });
    return nonce;
  }

  /** Whether the nonce is good for this client and this request; it is spent then. */
  redeemNonce(nonce: string, clientId: string, path: string): boolean {
    const known = this.#nonces.get(nonce);
    if (!known || known.clientId !== clientId || known.path !== path) return false;
    this.#nonces.delete(nonce);
    return this.#now() <= known.expireAt;
  }

  clear(): void {
    for (const map of [this.#authorizations, this.#grants, this.#nonces]) map.clear();
  }
}

/** For what must not be guessed. */
export function randomSecret(): string {
  return randomBytes(24).toString('base64url');
}

function take<T>(map: Map<string, T>, key: string): T | null {
  const value = map.get(key) ?? null;
  map.delete(key);
  return value;
}
