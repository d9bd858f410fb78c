import { stripsOrigin } from './config';
import { type CredentialStore, isCredential } from './credential-store';
import type { PublishableKey } from './publishable-key';

type InstanceType = PublishableKey['instanceType'];

/** A Frontend API request as Clerk's hooks see it: the same object before and after. */
export interface ClerkRequest {
  method?: string;
  url?: URL;
  headers?: HeadersInit;
  credentials?: RequestCredentials;
  cache?: RequestCache;
  signal?: AbortSignal;
}

const DEVELOPMENT_PARAMETER = '__clerk_db_jwt';

/**
 * Puts the client credential into a request: production instances take `Authorization` and `_is_native`, development
 * instances the query parameter `__clerk_db_jwt`.
 */
export function sendCredential(
  request: ClerkRequest,
  credential: string | undefined,
  type: InstanceType,
): void {
  request.credentials = 'omit';
  if (credential === undefined) return;
  if (type === 'development') {
    request.url?.searchParams.set(DEVELOPMENT_PARAMETER, credential);
    return;
  }
  markNative(request);
  const headers = new Headers(request.headers);
  headers.set('Authorization', `Bearer ${credential}`);
  request.headers = headers;
}

/** Marks a request as one of a native client: it needs no cookie and no listed origin. */
export function markNative(request: ClerkRequest): void {
  request.url?.searchParams.set('_is_native', '1');
}

/**
 * Whether a request that brings no credential must go out as a native one all the same, as the first of a sign-in: the
 * background takes `Origin` off those alone, and an instance may refuse an unlisted origin. Only what a browser sends with an
 * `Origin`: GETs come without (seen in Chromium 156 and Firefox 153).
 */
export function startsNative({ method }: ClerkRequest, type: InstanceType): boolean {
  return stripsOrigin && type === 'production' && method !== 'GET';
}

/** The credential that a request carries. */
export function sentCredential(request: ClerkRequest, type: InstanceType): string | undefined {
  if (type === 'development') return request.url?.searchParams.get(DEVELOPMENT_PARAMETER) ?? undefined;
  return withoutScheme(new Headers(request.headers).get('Authorization'));
}

/**
 * Stores the credential that a response carries, if the one that its request sent is still the stored one.
 *
 * A development response without the header changes nothing: Clerk's own hook then forgets the credential, so that one
 * 500, 429 or 404 signs the person out.
 */
export async function keepCredential(
  request: ClerkRequest,
  response: Pick<Response, 'status' | 'headers'> | undefined,
  store: CredentialStore,
  type: InstanceType,
): Promise<void> {
  const header = response?.headers.get(type === 'development' ? 'Clerk-Db-Jwt' : 'Authorization') ?? null;
  if (!response || header === null) return;
  const sent = sentCredential(request, type);
  const received = withoutScheme(header);
  if (received === undefined && !mayForget(response)) return;
  // What can be no credential would be set aside at the next read, and the good one be lost.
  if (received !== undefined && !isCredential(received)) return;
  if (received !== sent) await store.replace(sent, received);
}

// A server in trouble, and whatever stands in front of it, do not know that the client is gone.
function mayForget({ status }: Pick<Response, 'status'>): boolean {
  return status < 300 || (status >= 400 && status < 500 && status !== 429);
}

// "Bearer" alone means that the client is gone.
function withoutScheme(header: string | null): string | undefined {
  return header?.replace(/^Bearer\s*/, '').trim() || undefined;
}
