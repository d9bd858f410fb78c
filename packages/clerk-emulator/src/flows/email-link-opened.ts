import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import type { Client } from '../state/clients.ts';
import type { EmailLink } from '../state/email-links.ts';
import type { User } from '../state/users.ts';
import { assertMaySignIn } from './sessions.ts';
import { expectPendingUser, firstFactorDone } from './sign-in.ts';
import { completeSignUp } from './sign-up.ts';

/** What clerk-js reads as `__clerk_status` where the link leads. */
export type LinkStatus = 'verified' | 'expired' | 'failed' | 'client_mismatch';

export interface OpenedLink {
  status: LinkStatus;
  /** Of the session that this opened. */
  sessionId: string | null;
}

/**
 * Takes the proof that somebody read a mail. Whoever asked for it is signed in, and not the browser that opened the link.
 * @param cookieClient whom the cookies of that browser name
 */
export async function openLink(
  core: Core,
  link: EmailLink,
  cookieClient: Client | null,
): Promise<OpenedLink> {
  const { verification } = link;
  const client = core.clients.find(link.clientId);
  if (core.settings.emailLinkSameClient && cookieClient !== client) return without('client_mismatch');
  if (verification.status === 'unverified' && core.now() > verification.expireAt) {
    verification.status = 'expired';
  }
  if (verification.status === 'expired') return without('expired');
  if (verification.status !== 'unverified' || !client) return without('failed');
  try {
    const sessionId = await verify(core, client, link, cookieClient);
    core.clients.changed(client);
    return { status: 'verified', sessionId };
  } catch (error) {
    if (error instanceof ApiError) return without('failed');
    throw error;
  }
}

function without(status: LinkStatus): OpenedLink {
  return { status, sessionId: null };
}

/** @throws {ApiError} when it is not under way any more, or its user may not sign in */
async function verify(
  core: Core,
  client: Client,
  link: EmailLink,
  cookieClient: Client | null,
): Promise<string | null> {
  const { purpose, verification, userAgent } = link;
  const accept = () => {
    verification.attempts = 1;
    verification.status = 'verified';
    verification.verifiedAtClient = cookieClient?.id ?? null;
  };
  const isElsewhere = cookieClient !== client;
  if (purpose === 'verify-email-address') {
    verifyEmailAddress(core, link, accept);
    return null;
  }
  if (purpose === 'sign-up') {
    const { signUp } = client;
    if (!signUp || signUp.emailVerification !== verification) throw new ApiError('resource_forbidden');
    assertMaySignIn(core, client, null);
    accept();
    await completeSignUp(core, client, signUp, { userAgent, isElsewhere });
    return signUp.createdSessionId;
  }
  const { signIn } = client;
  if (!signIn || signIn.firstFactorVerification !== verification) throw new ApiError('resource_forbidden');
  const user = expectPendingUser(core, signIn, 'needs_first_factor');
  assertMaySignIn(core, client, user.id);
  accept();
  await firstFactorDone({ core, client, userAgent, isElsewhere }, signIn, user, verification.strategy);
  return signIn.createdSessionId;
}

function verifyEmailAddress(
  core: Core,
  { userId, targetId, verification }: EmailLink,
  accept: () => void,
): void {
  const user: User | null = core.users.find(userId ?? '');
  const email = user?.emailAddresses.find(({ id }) => id === targetId);
  if (!user || email?.verification !== verification) throw new ApiError('resource_forbidden');
  if (core.users.findByEmailAddress(email.emailAddress)) throw new ApiError('form_identifier_exists');
  accept();
  core.users.changed(user);
}
