import { type Context, Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, notFound, takenError } from '../errors.ts';
import { normalizePhoneNumber } from '../flows/identifiers.ts';
import { expectMe, removePhoneNumber } from '../flows/me.ts';
import { secondFactorsChanged } from '../flows/second-factor-setup.ts';
import { type Form, readForm } from '../form.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { recentlyVerified } from '../middleware/recently-verified.ts';
import { phoneNumberJson } from '../resources/phone-number.ts';
import { deletedJson } from '../resources/user.ts';
import { isVerified, type PhoneNumber, type User } from '../state/users.ts';
import { attemptCode, sendCode } from '../state/verification.ts';

/** The signed-in user's phone numbers, for codes of the second factor or to sign in by. */
export function mePhoneNumberRoutes(core: Core): Hono<Env> {
  const expectOwn = (c: Context<Env>) => expectPhoneNumber(expectMe(c, core).user, c.req.param('id') ?? '');
  const answer = (c: Context<Env>, user: User, phone: PhoneNumber) => {
    phone.updatedAt = core.now();
    secondFactorsChanged(core, user);
    return enveloped(c, core, phoneNumberJson(phone));
  };

  return new Hono<Env>()
    .get('/me/phone_numbers', (c) => c.json(expectMe(c, core).user.phoneNumbers.map(phoneNumberJson)))
    .post('/me/phone_numbers', recentlyVerified(core), async (c) => {
      const { user } = expectMe(c, core);
      const form = await readForm(c);
      const phone = core.users.addPhoneNumber(user, readFreeNumber(core, user, form));
      updateSecondFactor(user, phone, form);
      return answer(c, user, phone);
    })
    .get('/me/phone_numbers/:id', (c) => enveloped(c, core, phoneNumberJson(expectOwn(c).phone)))
    .patch('/me/phone_numbers/:id', recentlyVerified(core), async (c) => {
      const { user, phone } = expectOwn(c);
      updateSecondFactor(user, phone, await readForm(c));
      return answer(c, user, phone);
    })
    .delete('/me/phone_numbers/:id', recentlyVerified(core), (c) => {
      const { user, phone } = expectOwn(c);
      removePhoneNumber(core, user, phone);
      secondFactorsChanged(core, user);
      return enveloped(c, core, deletedJson('phone_number', phone.id));
    })
    .post('/me/phone_numbers/:id/prepare_verification', async (c) => {
      const { user, phone } = expectOwn(c);
      const strategy = (await readForm(c)).optional('strategy') ?? 'phone_code';
      if (strategy !== 'phone_code') throw new ApiError('strategy_for_user_invalid');
      const recipient = phone.phoneNumber;
      const request = { recipient, strategy, purpose: 'verify-phone-number', now: core.now() } as const;
      phone.verification = sendCode(core.mailbox, request);
      return answer(c, user, phone);
    })
    .post('/me/phone_numbers/:id/attempt_verification', rateLimit(core, 'attempts'), async (c) => {
      const { user, phone } = expectOwn(c);
      attemptCode(phone.verification, (await readForm(c)).required('code'), core.now());
      user.primaryPhoneNumberId ??= phone.id;
      return answer(c, user, phone);
    });
}

function expectPhoneNumber(user: User, id: string): { user: User; phone: PhoneNumber } {
  const phone = user.phoneNumbers.find((candidate) => candidate.id === id);
  if (!phone) throw notFound('phone number', id);
  return { user, phone };
}

/** @throws {ApiError} `form_param_format_invalid`, `form_identifier_exists` */
function readFreeNumber(core: Core, user: User, form: Form): string {
  const phoneNumber = normalizePhoneNumber(form.required('phone_number'));
  const isOwn = user.phoneNumbers.some((phone) => phone.phoneNumber === phoneNumber);
  if (isOwn || core.users.findByPhoneNumber(phoneNumber)) throw takenError('phone_number');
  return phoneNumber;
}

/** @throws {ApiError} `resource_forbidden`: nobody proved yet that codes arrive at the number. */
function updateSecondFactor(user: User, phone: PhoneNumber, form: Form): void {
  const reserved = form.optional('reserved_for_second_factor');
  const isDefault = form.optional('default_second_factor') === 'true';
  if ((reserved === 'true' || isDefault) && !isVerified(phone)) throw new ApiError('resource_forbidden');
  if (reserved !== null) phone.isSecondFactor = reserved === 'true';
  if (isDefault) for (const other of user.phoneNumbers) other.isDefaultSecondFactor = other === phone;
  if (!phone.isSecondFactor) phone.isDefaultSecondFactor = false;
}
