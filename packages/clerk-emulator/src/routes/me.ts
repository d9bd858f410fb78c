import { Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, formError } from '../errors.ts';
import { expectEmailAddress, expectMe, mergePatch } from '../flows/me.ts';
import { assertAcceptablePassword } from '../flows/password.ts';
import { type Form, readForm } from '../form.ts';
import { deletedJson, userJson } from '../resources/user.ts';
import { isVerified, type User } from '../state/users.ts';

/** The signed-in user's own account. */
export function meRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .get('/me', (c) => enveloped(c, core, userJson(core, expectMe(c, core).user)))
    .patch('/me', async (c) => {
      const { user } = expectMe(c, core);
      updateProfile(user, await readForm(c));
      core.users.changed(user);
      return enveloped(c, core, userJson(core, user));
    })
    .delete('/me', (c) => {
      const { user } = expectMe(c, core);
      core.sessions.closeOfUser(user.id, 'removed');
      core.users.delete(user.id);
      return enveloped(c, core, deletedJson('user', user.id));
    })
    .patch('/me/metadata', async (c) => {
      const { user } = expectMe(c, core);
      const form = await readForm(c);
      user.unsafeMetadata = mergePatch(user.unsafeMetadata, form.object('unsafe_metadata'));
      core.users.changed(user);
      return enveloped(c, core, userJson(core, user));
    })
    .post('/me/change_password', async (c) => {
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

/** An empty name clears it; an absent one stays. @throws {ApiError} `resource_not_found`, `resource_forbidden` */
function updateProfile(user: User, form: Form): void {
  const primaryId = form.optional('primary_email_address_id');
  if (primaryId !== null) {
    if (!isVerified(expectEmailAddress(user, primaryId))) throw new ApiError('resource_forbidden');
    user.primaryEmailAddressId = primaryId;
  }
  if (form.has('first_name')) user.firstName = form.optional('first_name');
  if (form.has('last_name')) user.lastName = form.optional('last_name');
}

function changePassword(user: User, form: Form): void {
  const newPassword = form.required('new_password');
  if (user.password !== null && form.required('current_password') !== user.password) {
    throw formError('form_password_incorrect', 'current_password');
  }
  assertAcceptablePassword(newPassword, 'new_password');
  user.password = newPassword;
}
