import { Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, formError, notFound } from '../errors.ts';
import { expectMe } from '../flows/me.ts';
import { createBackupCodes, secondFactorsChanged } from '../flows/second-factor-setup.ts';
import { readForm } from '../form.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { recentlyVerified } from '../middleware/recently-verified.ts';
import { backupCodesJson, totpJson } from '../resources/second-factors.ts';
import { deletedJson } from '../resources/user.ts';
import { generateId } from '../state/ids.ts';
import { generateTotpSecret, isTotpCode, type Totp } from '../state/totp.ts';
import { hasSecondFactor, type User } from '../state/users.ts';

/** The signed-in user's authenticator app and backup codes. */
export function meSecondFactorRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .post('/me/totp', recentlyVerified(core), (c) => {
      const { user } = expectMe(c, core);
      if (user.totp?.isVerified) throw new ApiError('totp_already_enabled');
      const now = core.now();
      const secret = generateTotpSecret();
      user.totp = { id: generateId('totp'), secret, isVerified: false, createdAt: now, updatedAt: now };
      return enveloped(c, core, totpJson(user, user.totp));
    })
    .post('/me/totp/attempt_verification', rateLimit(core, 'attempts'), async (c) => {
      const { user } = expectMe(c, core);
      const totp = expectTotp(user);
      const code = (await readForm(c)).required('code');
      if (!isTotpCode(totp.secret, code, core.now())) throw formError('form_code_incorrect', 'code');
      totp.isVerified = true;
      totp.updatedAt = core.now();
      const isFirst = user.backupCodes === null && core.settings.secondFactors.includes('backup_code');
      const codes = isFirst ? createBackupCodes(user) : null;
      secondFactorsChanged(core, user);
      return enveloped(c, core, { ...totpJson(user, totp), backup_codes: codes });
    })
    .delete('/me/totp', recentlyVerified(core), (c) => {
      const { user } = expectMe(c, core);
      const { id } = expectTotp(user);
      user.totp = null;
      secondFactorsChanged(core, user);
      return enveloped(c, core, deletedJson('totp', id));
    })
    .post('/me/backup_codes', recentlyVerified(core), (c) => {
      const { user } = expectMe(c, core);
      if (!hasSecondFactor(user)) throw new ApiError('backup_codes_not_available');
      const codes = createBackupCodes(user);
      core.users.changed(user);
      return enveloped(c, core, backupCodesJson(codes, core.now()));
    });
}

function expectTotp({ totp, id }: User): Totp {
  if (!totp) throw notFound('authenticator app of user', id);
  return totp;
}
