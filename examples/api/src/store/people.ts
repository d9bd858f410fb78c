import type { DatabaseSync } from 'node:sqlite';

/** The names of people, as webhooks tell them. */
export interface People {
  /** Keeps what is newest, whatever comes first. */
  put(person: { userId: string; name: string; updatedAt: number }): void;
  remove(userId: string): void;
}

/** People in the database. */
export function createPeople(database: DatabaseSync): People {
  const put = database.prepare(`
    INSERT INTO people (user_id, name, updated_at) VALUES (?, ?, ?)
    ON CONFLICT (user_id) DO UPDATE SET name = excluded.name, updated_at = excluded.updated_at
    WHERE excluded.updated_at > people.updated_at
  `);
  const remove = database.prepare('DELETE FROM people WHERE user_id = ?');
  return {
    put: ({ userId, name, updatedAt }) => void put.run(userId, name, updatedAt),
    remove: (userId) => void remove.run(userId),
  };
}
