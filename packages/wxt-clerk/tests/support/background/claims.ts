import type { SessionToken } from '../../../src/messages/protocol';

/** The claims that the fake server puts into a token. */
export interface Claims {
  sid: string;
  sub: string;
  org: string;
  o?: { id: string; rol: string };
  template?: string;
  iat: number;
  exp: number;
  n: number;
}

/** @throws {Error} When there is no token. */
export function claimsOf(token: SessionToken | null): Claims {
  if (!token) throw new Error('There is no token.');
  return JSON.parse(Buffer.from(token.token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
}
