import type { StoredToken } from '../shared/held-tokens';
import type { Clock } from './clock';
import type { MemoryStore } from './session-memory';
import { type HeldToken, storableTokens, takeUp } from './token-freshness';

/** The tokens of this life of the background, and of the next in `storage.session`. */
export interface HeldTokens {
  readonly all: ReadonlyMap<string, HeldToken>;
  /** Another one whenever the tokens of a session are forgotten: what was asked for before belongs to nobody any more. */
  generation(sessionId: string): string;
  load(stored: Record<string, StoredToken> | undefined): void;
  keep(key: string, token: HeldToken): Promise<void>;
  /** Forgets those of these sessions, also those that are on their way. They are to be stored by the caller. */
  forget(sessionIds: string[]): void;
  /** The same of their templates' tokens. */
  forgetTemplates(sessionIds: string[]): void;
  /** The same of all sessions. */
  wipe(): Promise<void>;
  /** What is to be stored now. */
  stored(): { tokens: Record<string, StoredToken> };
}

export function createHeldTokens(store: Pick<MemoryStore, 'write'>, clock: Clock): HeldTokens {
  const all = new Map<string, HeldToken>();
  const generations = new Map<string, number>();
  let wipes = 0;
  const stored = () => ({ tokens: storableTokens(all, clock) });
  function forget(sessionIds: string[], isMeant: (key: TokenKey) => boolean): void {
    for (const id of sessionIds) generations.set(id, (generations.get(id) ?? 0) + 1);
    for (const key of all.keys()) {
      const parts: TokenKey = JSON.parse(key);
      if (sessionIds.includes(parts[0]) && isMeant(parts)) all.delete(key);
    }
  }
  return {
    all,
    generation: (sessionId) => `${wipes} ${generations.get(sessionId) ?? 0}`,
    load(tokens = {}) {
      for (const [key, each] of Object.entries(tokens)) {
        const token = takeUp(each, clock);
        if (token) all.set(key, token);
      }
    },
    async keep(key, token) {
      all.set(key, token);
      await store.write(stored());
    },
    forget: (sessionIds) => forget(sessionIds, () => true),
    forgetTemplates: (sessionIds) => forget(sessionIds, ([, , template]) => template !== null),
    async wipe() {
      wipes += 1;
      all.clear();
      await store.write(stored());
    },
    stored,
  };
}

/** As `tokenKeyOf` of shared/held-tokens.ts makes it: session, organization, template. */
type TokenKey = [string, string | null, string | null];
