import { decodeJwt } from './jwt';

/**
 * Is one client credential the successor of the other? In production both are JWTs whose `id` is the client's:
 * https://clerk.com/docs/guides/how-clerk-works/overview
 */
export function isSameClient(one: string, other: string): boolean {
  const id = clientIdOf(one);
  return id !== null && id === clientIdOf(other);
}

function clientIdOf(credential: string): string | null {
  try {
    const { id } = decodeJwt(credential);
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}
