import { type Context, Hono } from 'hono';
import { type Env, ensureClient, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { notFound } from '../errors.ts';
import { assertMaySignIn } from '../flows/sessions.ts';
import * as flow from '../flows/sign-up.ts';
import { type Form, readForm } from '../form.ts';
import { captchaChallenge } from '../middleware/captcha-challenge.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { callerOf } from '../middleware/request-kind.ts';
import { signUpJson } from '../resources/sign-up.ts';
import { type Client, pendingAttempt } from '../state/clients.ts';
import type { SignUp } from '../state/sign-up.ts';
import { userAgent } from './sign-ins.ts';

/** Sign-up with an e-mail address or a phone number, a password and a code, or by a provider. */
export function signUpRoutes(core: Core): Hono<Env> {
  const answer = (c: Context<Env>, client: Client, signUp: SignUp) => {
    core.clients.changed(client);
    return enveloped(c, core, signUpJson(core, signUp));
  };
  const transfer = async (c: Context<Env>, form: Form) => {
    const client = await ensureClient(c, core);
    const signUp = flow.transferToSignUp(core, client, form);
    await flow.completeSignUp(core, client, signUp, { userAgent: userAgent(c) });
    return answer(c, client, signUp);
  };

  return new Hono<Env>()
    .post('/client/sign_ups', rateLimit(core, 'signIns'), captchaChallenge(core), async (c) => {
      assertMaySignIn(core, c.get('client'), null);
      const form = await readForm(c);
      if (form.optional('transfer') === 'true') return transfer(c, form);
      const provider = flow.readSignUpProvider(core, form, callerOf(c), null);
      const signUp = flow.createSignUp(core, form);
      const client = await ensureClient(c, core);
      client.signUp = signUp;
      if (provider) flow.askForSignUp(core, client, signUp, provider);
      await flow.completeSignUp(core, client, signUp, { userAgent: userAgent(c) });
      return answer(c, client, signUp);
    })
    .get('/client/sign_ups/:id', (c) => enveloped(c, core, signUpJson(core, expectSignUp(c, core).signUp)))
    .patch('/client/sign_ups/:id', async (c) => {
      const { client, signUp } = expectSignUp(c, core);
      const form = await readForm(c);
      const provider = flow.readSignUpProvider(core, form, callerOf(c), signUp);
      flow.updateSignUp(core, signUp, form);
      if (provider) flow.askForSignUp(core, client, signUp, provider);
      await flow.completeSignUp(core, client, signUp, { userAgent: userAgent(c) });
      return answer(c, client, signUp);
    })
    .post('/client/sign_ups/:id/prepare_verification', async (c) => {
      const { client, signUp } = expectSignUp(c, core);
      flow.prepareVerification(core, { client, userAgent: userAgent(c) }, signUp, await readForm(c));
      return answer(c, client, signUp);
    })
    .post('/client/sign_ups/:id/attempt_verification', rateLimit(core, 'attempts'), async (c) => {
      const { client, signUp } = expectSignUp(c, core);
      await flow.attemptVerification(core, client, signUp, {
        form: await readForm(c),
        userAgent: userAgent(c),
      });
      return answer(c, client, signUp);
    });
}

function expectSignUp(c: Context<Env>, core: Core): { client: Client; signUp: SignUp } {
  const client = c.get('client');
  const id = c.req.param('id') ?? '';
  const signUp = client && pendingAttempt(client.signUp, core.now());
  if (!client || signUp?.id !== id) throw notFound('sign up attempt', id);
  return { client, signUp };
}
