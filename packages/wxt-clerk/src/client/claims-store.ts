import { sendMessage } from '../messages/send-message';
import type { SessionClaims } from '../shared/clerk-types';
import {
  readHeldTokens,
  type StoredToken,
  type StoredTokens,
  tokenKeyOf,
  watchHeldTokens,
} from '../shared/held-tokens';
import { decodeJwt } from '../shared/jwt';

/** Whose claims: those of a session and its active organization. */
export interface ClaimsOwner {
  sessionId: string;
  organizationId: string | null;
}

/** What a page knows of a session token that the background keeps, but for the token itself. */
export interface HeldClaims {
  claims: SessionClaims;
  /** Unix time in milliseconds. */
  expiresAt: number;
}

// A background that could not get a token is not asked again by each thing that is rendered.
const ASK_AGAIN_MS = 10_000;

/**
 * The claims of the session tokens that the background keeps, once for a whole page. It reads nothing before somebody
 * wants something, and asks the background only for claims that somebody reads. Its methods are bound, for
 * `useSyncExternalStore`.
 */
export class ClaimsStore {
  #tokens: StoredTokens | undefined;
  #firstRead: Promise<void> | undefined;
  #stop: (() => void) | undefined;
  readonly #decoded = new Map<string, HeldClaims | null>();
  readonly #askedAt = new Map<string, number>();
  readonly #unanswered = new Set<string>();
  readonly #listeners = new Set<() => void>();

  /** Calls back on every change, once something is read. */
  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  };

  /** What is held, the same object as long as its token is; `null` for nothing, `undefined` as long as it is not known. */
  readonly peek = (owner: ClaimsOwner): HeldClaims | null | undefined => {
    if (!this.#tokens) return undefined;
    const token = this.#heldOf(owner)?.token;
    return token === undefined ? null : this.#decode(token);
  };

  /** Is there nothing to wait for: a token is held, or the background gave none when it was asked? */
  readonly isSettled = (owner: ClaimsOwner): boolean =>
    this.#heldOf(owner) !== undefined || this.#unanswered.has(keyOf(owner));

  /** Reads what the background keeps and follows it from then on, as long as the page lasts. Never rejects. */
  readonly read = (): Promise<void> => {
    this.#stop ??= watchHeldTokens(this.#take);
    this.#firstRead ??= readHeldTokens()
      .catch(() => ({}))
      // A change in between is newer.
      .then((tokens) => {
        if (!this.#tokens) this.#take(tokens);
      });
    return this.#firstRead;
  };

  /** For who reads the claims: has the background get a token where it keeps none that is valid. */
  readonly want = (owner: ClaimsOwner): void => {
    void this.read().then(() => this.#askFor(owner));
  };

  /** Back to the start, as in a page that was just opened; for tests. */
  forget(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#firstRead = undefined;
    this.#tokens = undefined;
    this.#decoded.clear();
    this.#askedAt.clear();
    this.#unanswered.clear();
  }

  async #askFor(owner: ClaimsOwner): Promise<void> {
    const held = this.#heldOf(owner);
    const now = Date.now();
    // By the person's own clock, whatever it says.
    if (held && now < held.askedAt + held.lifetimeMs) return;
    const key = keyOf(owner);
    if (now - (this.#askedAt.get(key) ?? Number.NEGATIVE_INFINITY) < ASK_AGAIN_MS) return;
    this.#askedAt.set(key, now);
    // The background keeps what it gets, which is told as every change is.
    const token = await sendMessage('get-token', { sessionId: owner.sessionId }).catch(() => null);
    if (token) return;
    this.#unanswered.add(key);
    this.#notify();
  }

  #heldOf(owner: ClaimsOwner): StoredToken | undefined {
    return this.#tokens?.[keyOf(owner)];
  }

  #decode(token: string): HeldClaims | null {
    const known = this.#decoded.get(token);
    if (known !== undefined) return known;
    const decoded = decode(token);
    this.#decoded.set(token, decoded);
    return decoded;
  }

  readonly #take = (tokens: StoredTokens): void => {
    this.#tokens = tokens;
    const held = new Set(Object.values(tokens).map(({ token }) => token));
    for (const token of this.#decoded.keys()) if (!held.has(token)) this.#decoded.delete(token);
    for (const key of Object.keys(tokens)) this.#unanswered.delete(key);
    this.#notify();
  };

  #notify(): void {
    for (const notify of this.#listeners) notify();
  }
}

/** The one of this page. */
export const claimsStore = new ClaimsStore();

function keyOf({ sessionId, organizationId }: ClaimsOwner): string {
  return tokenKeyOf(sessionId, organizationId, undefined);
}

function decode(token: string): HeldClaims | null {
  try {
    const claims = decodeJwt(token) as SessionClaims;
    return { claims, expiresAt: claims.exp * 1000 };
  } catch {
    return null;
  }
}
