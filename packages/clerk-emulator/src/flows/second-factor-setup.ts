import { randomInt } from 'node:crypto';
import type { Core } from '../core.ts';
import { hasSecondFactor, type User } from '../state/users.ts';

const BACKUP_CODE_COUNT = 10;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Notes when the user's second factors began or ended; without any, backup codes are of no use and go, too. */
export function secondFactorsChanged(core: Core, user: User): void {
  const isOn = hasSecondFactor(user);
  const wasOn = user.mfaEnabledAt !== null && (user.mfaDisabledAt ?? 0) < user.mfaEnabledAt;
  if (isOn && !wasOn) user.mfaEnabledAt = core.now();
  if (!isOn && wasOn) user.mfaDisabledAt = core.now();
  if (!isOn) user.backupCodes = null;
  core.users.changed(user);
}

/** New backup codes; those from before stop working. */
export function createBackupCodes(user: User): string[] {
  user.backupCodes = Array.from({ length: BACKUP_CODE_COUNT }, randomBackupCode);
  return [...user.backupCodes];
}

function randomBackupCode(): string {
  return Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
