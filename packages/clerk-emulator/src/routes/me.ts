import { Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, formError, notFound } from '../errors.ts';
import { assertAcceptableUsername } from '../flows/identifiers.ts';
import { expectEmailAddress, expectMe } from '../flows/me.ts';
import { mergeMetadata } from '../flows/metadata.ts';
import { assertAcceptablePassword } from '../flows/password.ts';
import { deleteUser } from '../flows/users.ts';
import { type Form, readForm } from '../form.ts';
import { recentlyVerified } from '../middleware/recently-verified.ts';
import { deletedJson, userJson } from '../resources/user.ts';
import { isVerified, type User } from '../state/users.ts';

/** The signed-in user's own account. */
export function meRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .get('/me', (c) => enveloped(c, core, userJson(core, expectMe(c, core).user)))
    .patch('/me', async (c) => {
      const { user } = expectMe(c, core);
      updateProfile(core, user, await readForm(c));
      core.users.changed(user);
      return enveloped(c, core, userJson(core, user));
    })
    .delete('/me', recentlyVerified(core), (c) => {
      const { user } = expectMe(c, core);
      deleteUser(core, user);
      return enveloped(c, core, deletedJson('user', user.id));
    })
    .patch('/me/metadata', async (c) => {
      const { user } = expectMe(c, core);
      const form = await readForm(c);
      mergeMetadata(user, { unsafe_metadata: form.object('unsafe_metadata') });
      core.users.changed(user);
      return enveloped(c, core, userJson(core, user));
    })
    .post('/me/remove_password', recentlyVerified(core), async (c) => {
      const { user } = expectMe(c, core);
      removePassword(core, user, await readForm(c));
      return enveloped(c, core, userJson(core, user));
    })
    .post('/me/change_password', recentlyVerified(core), async (c) => {
      const { user, session } = expectMe(c, core);
      const form = await readForm(c);
      changePassword(user, form);
      if (form.optional('sign_out_of_other_sessions') === 'true') {
        core.sessions.closeOfUser(user.id, 'revoked', session.id);
      }
      core.users.changed(user);
      return enveloped(c, core, userJson(core, user));
    });
}

/** An empty name clears it; an absent one stays. @throws {ApiError} `resource_not_found`, `resource_forbidden`, `form_username_*` */
function updateProfile(core: Core, user: User, form: Form): void {
  const username = core.settings.usernames ? form.optional('username') : null;
  if (username !== null) assertAcceptableUsername(core, username, user);
  const primaryPhoneId = form.optional('primary_phone_number_id');
  if (primaryPhoneId !== null) {
    const phone = user.phoneNumbers.find(({ id }) => id === primaryPhoneId);
    if (!phone) throw notFound('phone number', primaryPhoneId);
    if (!isVerified(phone)) throw new ApiError('resource_forbidden');
    user.primaryPhoneNumberId = phone.id;
  }
  const primaryId = form.optional('primary_email_address_id');
  if (primaryId !== null) {
    if (!isVerified(expectEmailAddress(user, primaryId))) throw new ApiError('resource_forbidden');
    user.primaryEmailAddressId = primaryId;
  }
  user.username = username ?? user.username;
  if (form.has('first_name')) user.firstName = form.optional('first_name');
  if (form.has('last_name')) user.lastName = form.optional('last_name');
}

/** @throws {ApiError} `password_required`, `form_password_incorrect`, `strategy_for_user_invalid` */
function removePassword(core: Core, user: User, form: Form): void {
  if (user.password === null) throw new ApiError('strategy_for_user_invalid');
  if (core.settings.passwordRequired) throw new ApiError('password_required');
  if (form.required('current_password') !== user.password) {
    throw formError('form_password_incorrect', 'current_password');
  }
  user.password = null;
  core.users.changed(user);
}

function changePassword(user: User, form: Form): void {
  const newPassword = form.required('new_password');
  // Clerk's form of the task `reset-password` asks for no other than the new one.
  const needsCurrent = user.password !== null && !user.mustResetPassword;
  if (needsCurrent && form.required('current_password') !== user.password) {
    throw formError('form_password_incorrect', 'current_password');
  }
  assertAcceptablePassword(newPassword, 'new_password');
  user.password = newPassword;
  user.mustResetPassword = false;
}
