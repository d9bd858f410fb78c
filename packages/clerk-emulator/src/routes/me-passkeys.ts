import { type Context, Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { expectMe } from '../flows/me.ts';
import { expectPasskey, finishPasskey, startPasskey } from '../flows/passkeys.ts';
import { readForm } from '../form.ts';
import { recentlyVerified } from '../middleware/recently-verified.ts';
import { passkeyJson } from '../resources/passkey.ts';
import { deletedJson } from '../resources/user.ts';
import type { Passkey } from '../state/passkeys.ts';
import type { User } from '../state/users.ts';

/** The signed-in user's passkeys. */
export function mePasskeyRoutes(core: Core): Hono<Env> {
  const expectOwn = (c: Context<Env>) => {
    const { user } = expectMe(c, core);
    return { user, passkey: expectPasskey(user, c.req.param('id') ?? '') };
  };
  const answer = (c: Context<Env>, user: User, passkey: Passkey) => {
    core.users.changed(user);
    return enveloped(c, core, passkeyJson(passkey));
  };

  return new Hono<Env>()
    .post('/me/passkeys', recentlyVerified(core), (c) => {
      const { user } = expectMe(c, core);
      return answer(c, user, startPasskey(core, user));
    })
    .get('/me/passkeys/:id', (c) => enveloped(c, core, passkeyJson(expectOwn(c).passkey)))
    .patch('/me/passkeys/:id', async (c) => {
      const { user, passkey } = expectOwn(c);
      passkey.name = (await readForm(c)).optional('name') ?? passkey.name;
      passkey.updatedAt = core.now();
      return answer(c, user, passkey);
    })
    .delete('/me/passkeys/:id', recentlyVerified(core), (c) => {
      const { user, passkey } = expectOwn(c);
      user.passkeys = user.passkeys.filter((other) => other !== passkey);
      core.users.changed(user);
      return enveloped(c, core, deletedJson('passkey', passkey.id));
    })
    .post('/me/passkeys/:id/attempt_verification', async (c) => {
      const { user, passkey } = expectOwn(c);
      finishPasskey(core, passkey, await readForm(c));
      return answer(c, user, passkey);
    });
}
