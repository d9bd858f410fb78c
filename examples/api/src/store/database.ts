import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../http/start-error.ts';
import { MIGRATIONS } from './migrations.ts';

/** How long another process may hold the file. */
const BUSY_MS = 5000;

/**
 * Opens the file, looks whether it is whole and writable, and brings it to the newest version.
 * @throws {StartError}
 */
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: BUSY_MS });
    // A killed server loses nothing that it has answered for: https://www.sqlite.org/pragma.html#pragma_synchronous
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    expectWhole(database);
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    const reason = (error as Error).message.replaceAll(/\s+/g, ' ');
    throw new StartError(`DATABASE: "${path}" cannot be used: ${reason}. ${REMEDY}`);
  }
}

const REMEDY = 'Name a file in a folder that this account may write to, or put the damaged file aside.';

function expectWhole(database: DatabaseSync): void {
  const found = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (found !== 'ok') throw new Error(`it is damaged (${found})`);
}

function migrate(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version > MIGRATIONS.length)
    throw new Error(`a newer version of this API made it (${version}; this one knows ${MIGRATIONS.length})`);
  for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
  // A write, whatever the version was: a file that can only be read is noticed now.
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT;`);
}
