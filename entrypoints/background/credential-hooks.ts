import type { CredentialStore } from '../../utils/credential-store';
import type { PublishableKey } from '../../utils/publishable-key';

interface ClerkRequest {
  url?: URL;
  headers?: HeadersInit;
  credentials?: RequestCredentials;
}

/** Clerk's hooks around every Frontend API request. Internal to Clerk; its own extension package uses them the same way. */
export interface CredentialHooks {
  __internal_onBeforeRequest(callback: (request: ClerkRequest) => Promise<void>): void;
  __internal_onAfterResponse(callback: (request: ClerkRequest, response?: Response) => Promise<void>): void;
}

type InstanceType = PublishableKey['instanceType'];

/**
 * Sends the stored client credential with every request and stores the one that comes back.
 *
 * Production instances use `Authorization` and `_is_native`, development instances the query parameter
 * `__clerk_db_jwt` and the header `Clerk-Db-Jwt`.
 */
export function attachCredential(
  clerk: CredentialHooks,
  store: CredentialStore,
  key: string,
  instanceType: InstanceType,
): void {
  clerk.__internal_onBeforeRequest(async (request) => {
    request.credentials = 'omit';
    const credential = await store.get(key);
    if (credential) send(credential, request, instanceType);
  });
  clerk.__internal_onAfterResponse(async (_request, response) => {
    const credential = response && receivedCredential(response.headers, instanceType);
    if (credential) await store.set(key, credential);
    if (credential === '') await store.remove(key);
  });
}

function send(credential: string, request: ClerkRequest, instanceType: InstanceType): void {
  if (instanceType === 'development') {
    request.url?.searchParams.set('__clerk_db_jwt', credential);
    return;
  }
  request.url?.searchParams.set('_is_native', '1');
  const headers = new Headers(request.headers);
  headers.set('Authorization', `Bearer ${credential}`);
  request.headers = headers;
}

/**
 * The credential that a response carries: `''` means "forget it", `null` means "keep the one you have".
 *
 * A development response without the header keeps it too: Clerk's own hook forgets the credential there, so that
 * one 500, 429 or 404 signs the person out.
 */
export function receivedCredential(headers: Headers, instanceType: InstanceType): string | null {
  if (instanceType === 'development') return headers.get('Clerk-Db-Jwt');
  const authorization = headers.get('Authorization');
  return authorization === null ? null : authorization.replace(/^Bearer\s*/, '').trim();
}
