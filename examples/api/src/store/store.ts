import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from './database.ts';
import { createNotes, type Notes } from './notes.ts';
import { createPeople, type People } from './people.ts';
import { createRevocations, type Revocations } from './revocations.ts';
import { createWebhookMessages, type WebhookMessages } from './webhook-messages.ts';

/** What this API keeps, in one SQLite file. */
export interface Store {
  notes: Notes;
  people: People;
  revocations: Revocations;
  webhookMessages: WebhookMessages;
  /** All of it or nothing: what `change` did is taken back when it throws. */
  inTransaction<T>(change: () => T): T;
  close(): void;
}

/**
 * Opens the store, and makes it where there is none.
 * @throws {StartError} When the file cannot be read or written, or is of a newer version.
 */
export function openStore(path: string): Store {
  const database = openDatabase(path);
  return {
    notes: createNotes(database),
    people: createPeople(database),
    revocations: createRevocations(database),
    webhookMessages: createWebhookMessages(database),
    inTransaction: (change) => inTransaction(database, change),
    close: () => database.close(),
  };
}

function inTransaction<T>(database: DatabaseSync, change: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = change();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
