import type { PublishableKey } from '../../shared/publishable-key';
import { refusalOf } from '../refusal';

// Of Clerk's codes those that mean "nobody behind this credential", and not "not this" or "not now".
const CODES_OF_NOBODY: (string | null)[] = [
  'authentication_invalid',
  'signed_out',
  'client_not_found',
  'dev_browser_unauthenticated',
];

/** Does the server say that a request has no signed-in person behind it? */
export function saysNobody(error: unknown): boolean {
  const refusal = refusalOf(error);
  return (
    refusal !== null && [400, 401].includes(refusal.status) && CODES_OF_NOBODY.includes(refusal.clerkCode)
  );
}

/** Does the server say that what was to be ended is there no more? A gateway's 401 or 404 does not. */
export function saysGone(error: unknown): boolean {
  if (saysNobody(error)) return true;
  const refusal = refusalOf(error);
  return refusal?.status === 404 && CODES_OF_GONE.includes(refusal.clerkCode);
}

const CODES_OF_GONE: (string | null)[] = ['resource_not_found', 'client_not_found'];

/**
 * Does it say so because the credential leads to no client? Not by itself in development: a dev browser has no client
 * before its first sign-in, and the one that is under way needs it.
 */
export function saysUnknownCredential(error: unknown, instanceType: PublishableKey['instanceType']): boolean {
  return instanceType === 'production' || refusalOf(error)?.clerkCode === 'dev_browser_unauthenticated';
}
