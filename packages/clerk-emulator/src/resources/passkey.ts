import type { Passkey } from '../state/passkeys.ts';
import { verificationJson } from './verification.ts';

/** One of a user's passkeys. */
export function passkeyJson(passkey: Passkey) {
  return {
    object: 'passkey',
    id: passkey.id,
    name: passkey.name,
    last_used_at: passkey.lastUsedAt,
    verification: verificationJson(passkey.verification),
    created_at: passkey.createdAt,
    updated_at: passkey.updatedAt,
  };
}
