import type { DatabaseSync } from 'node:sqlite';

/** Later than any token. */
const FOREVER = Number.MAX_SAFE_INTEGER;

// No session token lives as long, and none is made any more for what ended.
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Which tokens are refused although their time is not up, as webhooks tell it. */
export interface Revocations {
  /** From now on no token of this person or organization counts. */
  revoke(subject: string): void;
  /** From now on no token of this session counts; forgotten after a day. */
  revokeSession(sessionId: string): void;
  /** Tokens that were made before this Unix second do not count. The latest such second stays; forgotten after a day. */
  revokeBefore(subject: string, second: number): void;
  isRevoked(subject: string): boolean;
  /**
   * The first of the subjects that refuses a token.
   * @param madeAt `iat`, Unix seconds
   */
  find(subjects: readonly string[], madeAt: number): { forever: boolean } | null;
}

/** Revocations in the database. */
export function createRevocations(database: DatabaseSync): Revocations {
  const put = database.prepare(`
    INSERT INTO revocations (subject, before_second, forget_at) VALUES (?, ?, ?)
    ON CONFLICT (subject) DO UPDATE
    SET before_second = max(before_second, excluded.before_second), forget_at = excluded.forget_at
  `);
  const forget = database.prepare('DELETE FROM revocations WHERE forget_at <= ?');
  const get = database.prepare('SELECT before_second FROM revocations WHERE subject = ?');
  const beforeOf = (subject: string) => Number(get.get(subject)?.before_second ?? 0);
  const putForADay = (subject: string, second: number) => {
    const now = Date.now();
    forget.run(now);
    put.run(subject, second, now + KEPT_MS);
  };
  return {
    revoke: (subject) => void put.run(subject, FOREVER, null),
    revokeSession: (sessionId) => putForADay(sessionId, FOREVER),
    revokeBefore: putForADay,
    isRevoked: (subject) => beforeOf(subject) === FOREVER,
    find(subjects, madeAt) {
      const before = subjects.map(beforeOf).find((second) => madeAt < second);
      return before === undefined ? null : { forever: before === FOREVER };
    },
  };
}
