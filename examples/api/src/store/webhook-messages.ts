import type { DatabaseSync } from 'node:sqlite';

// Svix tries a message again for little more than a day: https://docs.svix.com/retries
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Which webhook messages were carried out. */
export interface WebhookMessages {
  /** @returns Whether the message is new. */
  remember(id: string): boolean;
}

/** Webhook messages in the database. */
export function createWebhookMessages(database: DatabaseSync): WebhookMessages {
  const insert = database.prepare(
    'INSERT INTO webhook_messages (id, received_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const forget = database.prepare('DELETE FROM webhook_messages WHERE received_at < ?');
  return {
    remember(id) {
      const now = Date.now();
      forget.run(now - KEPT_MS);
      return insert.run(id, now).changes === 1;
    },
  };
}
