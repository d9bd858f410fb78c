import { type Context, Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { formError, takenError } from '../errors.ts';
import { normalizeEmailAddress } from '../flows/email-address.ts';
import { EMAIL_LINK, sendLink } from '../flows/email-links.ts';
import { expectEmailAddress, expectMe, removeEmailAddress } from '../flows/me.ts';
import { readForm } from '../form.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { recentlyVerified } from '../middleware/recently-verified.ts';
import { deletedJson, emailAddressJson } from '../resources/user.ts';
import type { EmailAddress, User } from '../state/users.ts';
import { attemptCode, sendCode } from '../state/verification.ts';
import { userAgent } from './sign-ins.ts';

/** The signed-in user's e-mail addresses. */
export function meEmailAddressRoutes(core: Core): Hono<Env> {
  const expectOwn = (c: Context<Env>) => {
    const { user } = expectMe(c, core);
    return { user, email: expectEmailAddress(user, c.req.param('id') ?? '') };
  };
  const answer = (c: Context<Env>, user: User, email: EmailAddress) => {
    email.updatedAt = core.now();
    core.users.changed(user);
    return enveloped(c, core, emailAddressJson(core, user, email));
  };

  return new Hono<Env>()
    .get('/me/email_addresses', (c) => {
      const { user } = expectMe(c, core);
      return c.json(user.emailAddresses.map((email) => emailAddressJson(core, user, email)));
    })
    .post('/me/email_addresses', recentlyVerified(core), async (c) => {
      const { user } = expectMe(c, core);
      const emailAddress = normalizeEmailAddress(
        (await readForm(c)).required('email_address'),
        'email_address',
      );
      const isOwn = user.emailAddresses.some((email) => email.emailAddress === emailAddress);
      if (isOwn || core.users.findByEmailAddress(emailAddress)) throw takenError('email_address');
      return answer(c, user, core.users.addEmailAddress(user, emailAddress));
    })
    .get('/me/email_addresses/:id', (c) => {
      const { user, email } = expectOwn(c);
      return enveloped(c, core, emailAddressJson(core, user, email));
    })
    .delete('/me/email_addresses/:id', recentlyVerified(core), (c) => {
      const { user, email } = expectOwn(c);
      removeEmailAddress(core, user, email);
      core.users.changed(user);
      return enveloped(c, core, deletedJson('email_address', email.id));
    })
    .post('/me/email_addresses/:id/prepare_verification', async (c) => {
      const { user, email } = expectOwn(c);
      const form = await readForm(c);
      const strategy = form.required('strategy');
      const client = c.get('client');
      if (strategy === EMAIL_LINK && core.settings.emailLinks && client) {
        const target = { purpose: 'verify-email-address', targetId: email.id, userId: user.id } as const;
        const sender = { client, userAgent: userAgent(c) };
        email.verification = sendLink(core, sender, { ...target, recipient: email.emailAddress }, form);
        return answer(c, user, email);
      }
      if (strategy !== 'email_code') throw formError('form_param_value_invalid', 'strategy');
      email.verification = sendCode(core.mailbox, {
        recipient: email.emailAddress,
        strategy,
        purpose: 'verify-email-address',
        now: core.now(),
      });
      return answer(c, user, email);
    })
    .post('/me/email_addresses/:id/attempt_verification', rateLimit(core, 'attempts'), async (c) => {
      const { user, email } = expectOwn(c);
      const code = (await readForm(c)).required('code');
      const owner = core.users.findByEmailAddress(email.emailAddress);
      if (owner && owner !== user) throw takenError('email_address');
      attemptCode(email.verification, code, core.now());
      return answer(c, user, email);
    });
}
