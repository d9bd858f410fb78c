import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { SessionSnapshot, UserSnapshot } from '../../src/messages/protocol';
import { type StoredToken, tokenKeyOf } from '../../src/shared/held-tokens';
import { sessionOf as bareSessionOf } from './background/people';
import { fakeJwt } from './fake-jwt';

/** The session of a person, as the background publishes it. */
export function sessionOf(user: UserSnapshot, changes: Partial<SessionSnapshot> = {}): SessionSnapshot {
  const { userId, firstName, lastName, imageUrl, emailAddress: identifier } = user;
  const publicUserData = { userId, firstName, lastName, imageUrl, hasImage: imageUrl !== null, identifier };
  return { ...bareSessionOf(user), publicUserData, ...changes };
}

/** The same person in an organization. */
export function memberOf(user: UserSnapshot, role: string, permissions: string[] = []): UserSnapshot {
  return {
    ...user,
    organizationId: 'org_1',
    organizationName: 'Engines',
    organizationSlug: 'engines',
    organizationRole: role,
    organizationPermissions: permissions,
  };
}

/** What the background keeps of tokens, for sessions and their organizations. */
export function keepTokens(
  tokens: { sessionId: string; organizationId?: string | null; claims: object; askedAt?: number }[],
): Promise<void> {
  const stored = tokens.map(({ sessionId, organizationId = null, claims, askedAt = Date.now() }) => {
    const token = fakeJwt({ sid: sessionId, exp: 60, iat: 0, ...claims });
    const kept: StoredToken = { token, expiresAt: 60_000, lifetimeMs: 60_000, askedAt };
    return [tokenKeyOf(sessionId, organizationId, undefined), kept];
  });
  return fakeBrowser.storage.session.set({ tokens: Object.fromEntries(stored) });
}
