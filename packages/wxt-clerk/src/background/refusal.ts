/** What a `FrontendApiError` says of the server's answer. By its shape: in another script its class is another one. */
interface Refusal {
  status: number;
  clerkCode: string | null;
}

/** The server's refusal that a request has failed with, `null` for every other failure. */
export function refusalOf(error: unknown): Refusal | null {
  return error instanceof Error && 'clerkCode' in error ? (error as unknown as Refusal) : null;
}

// 422 too: Clerk's own client takes it for "unauthenticated" on a token request (isUnauthenticatedError: @clerk/shared 4.41.0,
// errors/helpers.ts; clerk-js 6.40.0, core/auth/AuthCookieService.ts, handleGetTokenError).
const STATUSES_OF_A_GONE_SESSION = [401, 403, 404, 422];

/** May this failure mean that the session was ended elsewhere? Only the client's own list of sessions says so. */
export function maySessionBeGone(error: unknown): boolean {
  return STATUSES_OF_A_GONE_SESSION.includes(refusalOf(error)?.status ?? 0);
}

/** Does the server say that the person is no member of the organization? Some say it as they say that the session is gone. */
export function saysNoMember(error: unknown): boolean {
  return CODES_OF_NO_MEMBER.includes(refusalOf(error)?.clerkCode ?? null);
}

const CODES_OF_NO_MEMBER: (string | null)[] = [
  'organization_not_found_or_unauthorized',
  // By its former name.
  'not_a_member_in_organization',
];

/** May this answer to the question who is signed in mean that the server no longer knows the credential? */
export function mayCredentialBeDead(error: unknown): boolean {
  const { code, isNoNews } = error as { code?: unknown; isNoNews?: boolean };
  return isNoNews ?? (refusalOf(error) !== null && code === 'refused');
}
