/** The claims of a JWT. Only decoded, never verified: a server verifies, an extension displays. */
export type JwtClaims = Record<string, unknown>;

/**
 * Decodes the payload of a JWT.
 *
 * @throws {Error} When the text is not a JWT, or its payload is no object.
 */
export function decodeJwt(jwt: string): JwtClaims {
  const payload = jwt.split('.')[1];
  if (!payload) throw new Error('Not a JWT: it has no payload part.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
    char.charCodeAt(0),
  );
  const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (typeof claims !== 'object' || claims === null) throw new Error('Not a JWT: its payload is no object.');
  return claims as JwtClaims;
}
