/** Under which key a token is kept: what it was asked for with. Pages read it, too: `client/session-claims.ts`. */
export function tokenKeyOf(
  sessionId: string,
  organizationId: string | null,
  template: string | undefined,
): string {
  return JSON.stringify([sessionId, organizationId, template ?? null]);
}
