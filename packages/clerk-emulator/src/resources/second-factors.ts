import { primaryIdentifier } from '../flows/first-factors.ts';
import { generateId } from '../state/ids.ts';
import type { Totp } from '../state/totp.ts';
import type { User } from '../state/users.ts';

const ISSUER = 'Local app';

/** An authenticator app. Its secret is shown until the first right code, and never again. */
export function totpJson(user: User, totp: Totp) {
  return {
    object: 'totp',
    id: totp.id,
    secret: totp.isVerified ? null : totp.secret,
    uri: totp.isVerified ? null : otpauthUri(user, totp),
    verified: totp.isVerified,
    backup_codes: null as string[] | null,
    created_at: totp.createdAt,
    updated_at: totp.updatedAt,
  };
}

/** New backup codes: the one time that they are readable. */
export function backupCodesJson(codes: string[], now: number) {
  return { object: 'backup_code', id: generateId('bkc'), codes, created_at: now, updated_at: now };
}

function otpauthUri(user: User, { secret }: Totp): string {
  const label = encodeURIComponent(`${ISSUER}:${primaryIdentifier(user) ?? user.id}`);
  const query = new URLSearchParams({ secret, issuer: ISSUER, algorithm: 'SHA1', digits: '6', period: '30' });
  return `otpauth://totp/${label}?${query}`;
}
