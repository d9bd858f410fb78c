/** What brings the file from one version to the next, oldest first. One that was published stays as it is. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE notes (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    -- NULL: the person's own
    org_id TEXT,
    text TEXT NOT NULL,
    -- Unix ms
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX notes_of_person ON notes (user_id, org_id, created_at);
  CREATE INDEX notes_of_organization ON notes (org_id, created_at);

  CREATE TABLE people (
    user_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- Unix ms, of the newest webhook that told of the person
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE revocations (
    -- id of a session, a person or an organization, or "org_… user_…" of a membership
    subject TEXT PRIMARY KEY,
    -- tokens made before this Unix second are refused
    before_second INTEGER NOT NULL,
    -- Unix ms; NULL: stays
    forget_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX revocations_by_age ON revocations (forget_at);

  CREATE TABLE webhook_messages (
    id TEXT PRIMARY KEY,
    received_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX webhook_messages_by_age ON webhook_messages (received_at);
  `,
];
