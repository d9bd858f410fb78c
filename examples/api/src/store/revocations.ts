import type { DatabaseSync } from 'node:sqlite';

/** Later than any token. */
const FOREVER = Number.MAX_SAFE_INTEGER;

/** Which tokens are refused although their time is not up, as webhooks tell it. */
export interface Revocations {
  /** From now on no token of this session, person or organization counts. */
  revoke(subject: string): void;
  /** Tokens that were made before this Unix second do not count. The latest such second stays. */
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
    INSERT INTO revocations (subject, before_second) VALUES (?, ?)
    ON CONFLICT (subject) DO UPDATE SET before_second = max(before_second, excluded.before_second)
  `);
  const get = database.prepare('SELECT before_second FROM revocations WHERE subject = ?');
  const beforeOf = (subject: string) => Number(get.get(subject)?.before_second ?? 0);
  return {
    revoke: (subject) => void put.run(subject, FOREVER),
    revokeBefore: (subject, second) => void put.run(subject, second),
    isRevoked: (subject) => beforeOf(subject) === FOREVER,
    find(subjects, madeAt) {
      const before = subjects.map(beforeOf).find((second) => madeAt < second);
      return before === undefined ? null : { forever: before === FOREVER };
    },
  };
}
