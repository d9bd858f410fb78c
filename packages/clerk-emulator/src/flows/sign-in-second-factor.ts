import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import type { Form } from '../form.ts';
import type { SignIn } from '../state/sign-in.ts';
import type { User } from '../state/users.ts';
import { attemptSecondFactor, sendSecondFactorCode } from './factors.ts';
import { completeSignIn, expectPendingUser, type SignInContext } from './sign-in.ts';

/** Sends the code of the second factor, or the one that proves a new client. */
export function prepareSecond({ core, client }: SignInContext, signIn: SignIn, form: Form): void {
  const user = expectUser(core, signIn);
  signIn.secondFactorVerification = sendSecondFactorCode(core, user, form, {
    isForTrust: signIn.status === 'needs_client_trust',
    purpose: 'second-factor',
  });
  core.clients.changed(client);
}

/** Checks the second factor and signs in. @throws {ApiError} `form_code_incorrect`, `strategy_for_user_invalid`, … */
export async function attemptSecond(context: SignInContext, signIn: SignIn, form: Form): Promise<void> {
  const { core } = context;
  const user = expectUser(core, signIn);
  const verification = attemptSecondFactor(core, user, signIn.secondFactorVerification, form);
  signIn.secondFactorVerification = verification;
  const strategy = signIn.firstFactorVerification?.strategy ?? verification.strategy;
  await completeSignIn(context, signIn, user, strategy);
}

function expectUser(core: Core, signIn: SignIn): User {
  const isWaiting = signIn.status === 'needs_second_factor' || signIn.status === 'needs_client_trust';
  if (!isWaiting) throw new ApiError('no_second_factors');
  return expectPendingUser(core, signIn, 'needs_second_factor', 'needs_client_trust');
}
