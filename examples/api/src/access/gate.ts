import { getAuth } from '@clerk/express';
import type { Request, RequestHandler } from 'express';
import * as v from 'valibot';
import { ApiError } from '../http/api-error.ts';
import type { Revocations } from '../store/revocations.ts';
import { isAuthorizedParty, type Parties } from './parties.ts';

type Auth = ReturnType<typeof getAuth>;

/** Who asks, by a session token that was verified. */
export type Caller = Extract<Auth, { userId: string }>;

/** What the gate looks things up in. */
export interface GateOptions {
  parties: Parties;
  revocations: Revocations;
}

const Id = v.pipe(v.string(), v.nonEmpty());

/** What is looked at of a token: a signature says nothing of the types. */
const Subjects = v.object({
  sessionId: Id,
  userId: Id,
  orgId: v.nullish(Id),
  azp: v.optional(v.string()),
  iat: v.number(),
});

/** Lets nobody in whose token was made for a stranger, or whose session or membership is known to be over. */
export function trustNoStranger({ parties, revocations }: GateOptions): RequestHandler {
  return (request, _response, next) => {
    const { sessionClaims, userId, sessionId, orgId } = getAuth(request, { treatPendingAsSignedOut: false });
    if (!sessionClaims) return next();
    const { azp, iat } = sessionClaims;
    // Signed by the instance, and not as Clerk makes them.
    if (!v.is(Subjects, { sessionId, userId, orgId, azp, iat }))
      throw new ApiError('token-refused', 'The token is none of a session. Ask for a session token.');
    if (!isAuthorizedParty(azp, parties))
      throw new ApiError(
        'foreign-party',
        `The session token was made for ${describe(azp)}, which AUTHORIZED_PARTIES does not name.`,
      );
    const subjects = [sessionId, userId, ...(orgId ? [orgId, `${orgId} ${userId}`] : [])];
    const revoked = revocations.find(subjects, iat);
    if (revoked === null) return next();
    throw revoked.forever
      ? new ApiError('session-ended', 'The session of this token is over. Sign in again.')
      : new ApiError(
          'token-outdated',
          'The membership changed since this token was made. Ask for a new one.',
        );
  };
}

/**
 * Refuses a request that names a session (`_clerk_session_id`, in the query or the JSON body) other than its token's: the page that
 * asks shows one account, and the token is another's.
 */
export const expectNamedSession: RequestHandler = (request, _response, next) => {
  const { sessionId } = getAuth(request, { treatPendingAsSignedOut: false });
  const named = [request.query._clerk_session_id, sessionIdIn(request.body)].flat();
  if (!sessionId || named.every((id) => id === undefined || id === sessionId)) return next();
  throw new ApiError(
    'session-mismatch',
    'The request names another session than its token. Ask for a token of the session that it names.',
  );
};

/**
 * Who asks.
 * @throws {ApiError} `signed-out`, `token-refused`, `session-pending`
 */
export function expectCaller(request: Request): Caller {
  const auth = getAuth(request);
  if (auth.userId) return auth;
  if (auth.sessionStatus === 'pending')
    throw new ApiError(
      'session-pending',
      'The session has a task that is not done, such as choosing an organization.',
    );
  const { reason } = auth.debug();
  if (!hasToken(request))
    throw new ApiError(
      'signed-out',
      'There is no session token. Send it as "Authorization: Bearer <token>".',
    );
  throw new ApiError('token-refused', `The session token was not accepted (${reason}). Ask for a new one.`);
}

function sessionIdIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && '_clerk_session_id' in body
    ? body._clerk_session_id
    : undefined;
}

function hasToken(request: Request): boolean {
  return request.get('authorization') !== undefined || /(^|;\s*)__session/.test(request.get('cookie') ?? '');
}

function describe(azp: string | undefined): string {
  return azp === undefined ? 'nobody (it has no "azp")' : `"${azp}"`;
}
