import { type Context, Hono } from 'hono';
import { type Env, ensureClient, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { notFound } from '../errors.ts';
import * as flow from '../flows/sign-in.ts';
import * as second from '../flows/sign-in-second-factor.ts';
import { type Form, readForm } from '../form.ts';
import { captchaChallenge } from '../middleware/captcha-challenge.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { callerOf } from '../middleware/request-kind.ts';
import { signInJson } from '../resources/sign-in.ts';
import { pendingAttempt } from '../state/clients.ts';
import type { SignIn } from '../state/sign-in.ts';

type Step = (context: flow.SignInRequest, signIn: SignIn, form: Form) => void | Promise<void>;

/** Sign-in by password, code, passkey, ticket or provider, the second factor, and the password reset by a code. */
export function signInRoutes(core: Core): Hono<Env> {
  const step = (run: Step) => async (c: Context<Env>) => {
    const { context, signIn } = expectSignIn(c, core);
    await run(context, signIn, await readForm(c));
    return enveloped(c, core, signInJson(core, signIn));
  };

  return new Hono<Env>()
    .post('/client/sign_ins', rateLimit(core, 'signIns'), captchaChallenge(core), async (c) => {
      const form = await readForm(c);
      const signIn = await start(c, core, form);
      return enveloped(c, core, signInJson(core, signIn));
    })
    .get(
      '/client/sign_ins/:id',
      step(() => {}),
    )
    .post('/client/sign_ins/:id/prepare_first_factor', step(flow.prepareFirstFactor))
    .post(
      '/client/sign_ins/:id/attempt_first_factor',
      rateLimit(core, 'attempts'),
      step(flow.attemptFirstFactor),
    )
    .post('/client/sign_ins/:id/prepare_second_factor', step(second.prepareSecond))
    .post(
      '/client/sign_ins/:id/attempt_second_factor',
      rateLimit(core, 'attempts'),
      step(second.attemptSecond),
    )
    .post('/client/sign_ins/:id/reset_password', step(flow.resetPassword));
}

/** A request that is refused for what it asks makes no client. */
async function start(c: Context<Env>, core: Core, form: Form): Promise<SignIn> {
  const context = async () => ({ core, client: await ensureClient(c, core), ...request(c) });
  if (form.optional('transfer') === 'true') return flow.transferToSignIn(await context(), form);
  if (form.optional('strategy') === 'ticket') return flow.createTicketSignIn(await context(), form);
  const asked = flow.readSignInStart(core, c.get('client'), form, callerOf(c));
  return flow.createSignIn(await context(), asked, form);
}

function request(c: Context<Env>): Pick<flow.SignInRequest, 'userAgent' | 'caller'> {
  return { userAgent: userAgent(c), caller: callerOf(c) };
}

/** The `User-Agent` of the browser; shown in the list of devices. */
export function userAgent(c: Context<Env>): string {
  return c.req.header('user-agent') ?? '';
}

function expectSignIn(c: Context<Env>, core: Core): { context: flow.SignInRequest; signIn: SignIn } {
  const client = c.get('client');
  const id = c.req.param('id') ?? '';
  const signIn = client && pendingAttempt(client.signIn, core.now());
  if (!client || signIn?.id !== id) throw notFound('sign in attempt', id);
  return { context: { core, client, ...request(c) }, signIn };
}
