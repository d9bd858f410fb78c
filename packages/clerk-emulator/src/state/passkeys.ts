import type { RegisteredKey } from '../webauthn/credential.ts';
import type { Verification } from './verification.ts';

/** A verification that waits for an authenticator's answer. */
export interface PasskeyVerification extends Verification {
  /** Base64url. */
  challenge: string;
  /** The options for `navigator.credentials`, as JSON; all bytes in it are base64url. */
  nonce: string;
  expireAt: number;
}

/** A user's passkey. */
export interface Passkey {
  id: string;
  name: string;
  /** `null` until the authenticator has answered. */
  key: RegisteredKey | null;
  verification: PasskeyVerification;
  lastUsedAt: number | null;
  createdAt: number;
  updatedAt: number;
}

/** Whether a verification is that of a passkey. */
export function isPasskeyVerification(
  verification: Verification | null,
): verification is PasskeyVerification {
  return verification !== null && 'challenge' in verification;
}
