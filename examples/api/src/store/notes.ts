import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Page } from '../http/input.ts';

/** A note as it is answered. */
export interface Note {
  id: string;
  text: string;
  /** Unix ms. */
  createdAt: number;
  author: {
    userId: string;
    /** As the last webhook told it; `null` before the first. */
    name: string | null;
  };
}

/** Whose notes: a person's own, or those of an organization. */
export type NoteOwner = { userId: string } | { orgId: string };

/** A part of a list, and how long the whole is. */
export interface NotePage {
  notes: Note[];
  total: number;
}

/** The notes; newest first. */
export interface Notes {
  add(note: { userId: string; orgId: string | null; text: string }): Note;
  list(owner: NoteOwner, page: Page): NotePage;
  /** All of them, one after the other. */
  each(owner: NoteOwner): IterableIterator<Note>;
  count(owner: NoteOwner): number;
  /** @returns Whether the owner had such a note. */
  remove(owner: NoteOwner, id: string): boolean;
  /** @returns How many there were. */
  removeAll(owner: NoteOwner): number;
  /** What a person wrote, for themself and in organizations. */
  removeWrittenBy(userId: string): void;
}

const OWN = 'notes.user_id = ? AND notes.org_id IS NULL';
const OF_ORGANIZATION = 'notes.org_id = ?';
const COLUMNS = 'notes.id, notes.text, notes.created_at, notes.user_id, people.name';
const FROM = 'FROM notes LEFT JOIN people ON people.user_id = notes.user_id';
const ORDER = 'ORDER BY notes.created_at DESC, notes.rowid DESC';

/** Notes in the database, by prepared statements alone. */
export function createNotes(database: DatabaseSync): Notes {
  const insert = database.prepare(
    'INSERT INTO notes (id, user_id, org_id, text, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  const nameOf = database.prepare('SELECT name FROM people WHERE user_id = ?');
  const removeWrittenBy = database.prepare('DELETE FROM notes WHERE user_id = ?');
  const own = prepareFor(database, OWN);
  const ofOrganization = prepareFor(database, OF_ORGANIZATION);
  const statements = (owner: NoteOwner) => ('userId' in owner ? own : ofOrganization);
  const count = (owner: NoteOwner) => Number(statements(owner).count.get(idOf(owner))?.total);

  return {
    add({ userId, orgId, text }) {
      const id = `note_${randomUUID()}`;
      const createdAt = Date.now();
      insert.run(id, userId, orgId, text, createdAt);
      const name = nameOf.get(userId)?.name;
      return { id, text, createdAt, author: { userId, name: typeof name === 'string' ? name : null } };
    },
    list(owner, { limit, offset }) {
      const rows = statements(owner).list.all(idOf(owner), limit, offset);
      return { notes: rows.map(toNote), total: count(owner) };
    },
    *each(owner) {
      for (const row of statements(owner).list.iterate(idOf(owner), -1, 0)) yield toNote(row);
    },
    count,
    remove: (owner, id) => statements(owner).remove.run(idOf(owner), id).changes === 1,
    removeAll: (owner) => Number(statements(owner).removeAll.run(idOf(owner)).changes),
    removeWrittenBy: (userId) => void removeWrittenBy.run(userId),
  };
}

function prepareFor(database: DatabaseSync, condition: string) {
  return {
    list: database.prepare(`SELECT ${COLUMNS} ${FROM} WHERE ${condition} ${ORDER} LIMIT ? OFFSET ?`),
    count: database.prepare(`SELECT count(*) AS total FROM notes WHERE ${condition}`),
    remove: database.prepare(`DELETE FROM notes WHERE ${condition} AND id = ?`),
    removeAll: database.prepare(`DELETE FROM notes WHERE ${condition}`),
  };
}

function idOf(owner: NoteOwner): string {
  return 'userId' in owner ? owner.userId : owner.orgId;
}

function toNote(row: Record<string, unknown>): Note {
  const { id, text, created_at, user_id, name } = row as Record<string, string> & { created_at: number };
  return {
    id: id as string,
    text: text as string,
    createdAt: created_at,
    author: { userId: user_id as string, name: name ?? null },
  };
}
