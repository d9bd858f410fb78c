import type { Context } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, notFound } from '../errors.ts';
import type { Session } from '../state/sessions.ts';
import { type EmailAddress, isVerified, type PhoneNumber, type User } from '../state/users.ts';
import { lastActiveSession } from './sessions.ts';

/** The user a `/me` request is about, and the session it came in. */
export interface Me {
  user: User;
  session: Session;
}

/**
 * The signed-in user: by `_clerk_session_id`, otherwise of the client's last active session.
 * @throws {ApiError} `authentication_invalid` when there is no such session.
 */
export function expectMe(c: Context<Env>, core: Core): Me {
  const client = c.get('client');
  const active = client ? core.sessions.activeOfClient(client.id) : [];
  const wanted = c.req.query('_clerk_session_id');
  const session =
    wanted === undefined
      ? client && lastActiveSession(core, client)
      : active.find((candidate) => candidate.id === wanted);
  if (!session) throw new ApiError('authentication_invalid');
  return { user: core.users.expect(session.userId), session };
}

/** @throws {ApiError} `resource_not_found` */
export function expectEmailAddress(user: User, id: string): EmailAddress {
  const email = user.emailAddresses.find((candidate) => candidate.id === id);
  if (!email) throw notFound('email address', id);
  return email;
}

/** @throws {ApiError} `resource_forbidden` for the last identifier: the user could never sign in again. */
export function removeEmailAddress(core: Core, user: User, email: EmailAddress): void {
  const rest = user.emailAddresses.filter((candidate) => candidate !== email);
  const nextPrimary = rest.find(isVerified);
  if (!nextPrimary && !hasSignInNumber(core, user)) throw new ApiError('resource_forbidden');
  user.emailAddresses = rest;
  if (user.primaryEmailAddressId === email.id) user.primaryEmailAddressId = nextPrimary?.id ?? null;
}

/** @throws {ApiError} `resource_forbidden` for the last identifier */
export function removePhoneNumber(core: Core, user: User, phone: PhoneNumber): void {
  const rest = user.phoneNumbers.filter((candidate) => candidate !== phone);
  const isLast =
    core.settings.phoneNumbers && !user.emailAddresses.some(isVerified) && !rest.some(isVerified);
  if (isLast) throw new ApiError('resource_forbidden');
  user.phoneNumbers = rest;
  if (user.primaryPhoneNumberId === phone.id) user.primaryPhoneNumberId = rest.find(isVerified)?.id ?? null;
}

function hasSignInNumber({ settings }: Core, user: User): boolean {
  return (
    settings.phoneNumbers && user.phoneNumbers.some((phone) => isVerified(phone) && !phone.isSecondFactor)
  );
}
