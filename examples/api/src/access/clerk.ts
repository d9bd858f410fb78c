import { type ClerkClient, createClerkClient, verifyToken } from '@clerk/express';
import { isClerkAPIResponseError } from '@clerk/shared/error';
import type { Config } from '../config.ts';
import { ApiError } from '../http/api-error.ts';

/** How long Clerk may take; its client has no deadline of its own. */
const DEADLINE_MS = 10_000;

// The other reasons are the server's own: keys that it cannot have, a secret key that Clerk does not know.
const TOKEN_REASONS = /^(token-|jwk-kid-mismatch)/;

/** Asks Clerk's Backend API with the secret key. */
export function createClient({ secretKey, publishableKey, jwtKey, apiUrl }: Config): ClerkClient {
  return createClerkClient({
    secretKey,
    publishableKey,
    jwtKey,
    ...(apiUrl === null ? {} : { apiUrl }),
    telemetry: { disabled: true },
  });
}

/**
 * Waits for an answer of Clerk.
 * @param onMissing What to say when Clerk knows no such thing.
 * @throws {ApiError} that, or `clerk-unavailable`.
 */
export async function answerOf<T>(asked: Promise<T>, onMissing: ApiError): Promise<T> {
  try {
    return await Promise.race([asked, deadline()]);
  } catch (error) {
    if (isClerkAPIResponseError(error) && error.status === 404) throw onMissing;
    if (error instanceof ApiError) throw error;
    // What Clerk said may name what only the server may know.
    console.error('Clerk’s Backend API:', error instanceof Error ? error.message : error);
    throw new ApiError('clerk-unavailable', 'Clerk did not answer as it should. Try again later.');
  }
}

/**
 * Verifies a session token by the keys that the instance has now, which are fetched and kept for five minutes: a key that was
 * taken back since CLERK_JWT_KEY was set is noticed.
 * @throws {ApiError} `token-refused`, `clerk-unavailable`
 */
export async function verifyByFetchedKeys(token: string, { secretKey, apiUrl }: Config): Promise<void> {
  const refused = new ApiError(
    'token-refused',
    'The session token is not of a key that the instance has now.',
  );
  const verified = verifyToken(token, { secretKey, ...(apiUrl === null ? {} : { apiUrl }) }).catch(
    (error) => {
      const reason: unknown = error?.reason;
      throw typeof reason === 'string' && TOKEN_REASONS.test(reason) ? refused : error;
    },
  );
  await answerOf(verified, refused);
}

function deadline(): Promise<never> {
  return new Promise((_resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${DEADLINE_MS / 1000} s`));
    setTimeout(late, DEADLINE_MS).unref();
  });
}
