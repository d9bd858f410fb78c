import { type Context, Hono } from 'hono';
import { type Env, enveloped, requestOrigin } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import * as flow from '../flows/reverification.ts';
import { type Form, readForm } from '../form.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { reverificationJson } from '../resources/reverification.ts';
import type { Session } from '../state/sessions.ts';

type Step = (context: flow.ReverificationContext, form: Form) => void;

/** Reverification: a session's user proves to be still there before a sensitive change. */
export function sessionVerificationRoutes(core: Core): Hono<Env> {
  const path = '/client/sessions/:id/verify';
  const step = (run: Step) => async (c: Context<Env>) => {
    const session = expectLiveSession(c, core);
    const user = core.users.expect(session.userId);
    run({ core, session, user }, await readForm(c));
    if (!session.reverification) throw new ApiError('verification_missing');
    const json = await reverificationJson(core, session, user, session.reverification, requestOrigin(c));
    return enveloped(c, core, json);
  };

  return new Hono<Env>()
    .post(path, step(flow.startReverification))
    .post(`${path}/prepare_first_factor`, step(flow.prepareFirst))
    .post(`${path}/attempt_first_factor`, rateLimit(core, 'attempts'), step(flow.attemptFirst))
    .post(`${path}/prepare_second_factor`, step(flow.prepareSecond))
    .post(`${path}/attempt_second_factor`, rateLimit(core, 'attempts'), step(flow.attemptSecond));
}

/** The document knows no 404 here. @throws {ApiError} `authentication_invalid` for any session that is not the client's */
function expectLiveSession(c: Context<Env>, core: Core): Session {
  const session = core.sessions.find(c.req.param('id') ?? '');
  const isOwn = session !== null && session.clientId === c.get('client')?.id;
  if (!isOwn || !core.sessions.isActive(session)) throw new ApiError('authentication_invalid');
  return session;
}
