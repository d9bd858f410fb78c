import { Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { notFound } from '../errors.ts';
import { expectMe } from '../flows/me.ts';
import { deviceSessionJson, otherSessionJson } from '../resources/session.ts';

/** The signed-in user's sessions on any client: the list of devices in the profile. */
export function meSessionRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .get('/me/sessions/active', (c) => {
      const { user } = expectMe(c, core);
      // A bare array: the lists of sessions have no envelope.
      return c.json(core.sessions.activeOfUser(user.id).map((session) => deviceSessionJson(core, session)));
    })
    .get('/me/sessions', (c) => {
      const { user } = expectMe(c, core);
      // A bare array, too; ended sessions are in it.
      return c.json(core.sessions.ofUser(user.id).map((session) => otherSessionJson(core, session)));
    })
    .post('/me/sessions/:id/revoke', (c) => {
      const { user } = expectMe(c, core);
      const session = core.sessions.find(c.req.param('id'));
      if (session?.userId !== user.id) throw notFound('session', c.req.param('id'));
      core.sessions.close(session, 'revoked');
      return enveloped(c, core, otherSessionJson(core, session));
    });
}
