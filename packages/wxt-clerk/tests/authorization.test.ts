// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { AuthorizationQuestion, SessionSnapshot } from '../src/messages/protocol';
import { asksForClaims, isAuthorized } from '../src/shared/authorization';
import { ADA } from './support/fake-background';
import { memberOf, sessionOf } from './support/sessions';

const LEAD = sessionOf(memberOf(ADA, 'org:lead', ['org:notes:write', 'org:sys_memberships:read']), {
  factorVerificationAge: [5, -1],
});
const CLAIMS = { fea: 'o:export,u:dark', pla: 'u:pro' };

describe('may they', () => {
  test.each<[AuthorizationQuestion, boolean]>([
    [{ role: 'org:lead' }, true],
    [{ role: 'lead' }, true],
    [{ role: 'org:admin' }, false],
    [{ permission: 'org:notes:write' }, true],
    [{ permission: 'org:sys_memberships:read' }, true],
    [{ permission: 'org:notes:delete' }, false],
    [{ feature: 'org:export' }, true],
    [{ feature: 'user:export' }, false],
    [{ feature: 'dark' }, true],
    [{ plan: 'user:pro' }, true],
    [{ plan: 'user:team' }, false],
    [{ reverification: 'lax' }, true],
    [{ reverification: { level: 'first_factor', afterMinutes: 5 } }, false],
    [{ role: 'org:lead', reverification: { level: 'first_factor', afterMinutes: 6 } }, true],
    [{ role: 'org:admin', reverification: 'lax' }, false],
    [{}, false],
  ])('%j: %s', (question, expected) => {
    expect(isAuthorized(LEAD, CLAIMS, question)).toBe(expected);
  });

  test.each<[string, SessionSnapshot]>([
    ['in no organization', sessionOf(ADA)],
    // Somebody who was taken out of it: the session still names it.
    ['in one that they are no member of', sessionOf({ ...ADA, organizationId: 'org_1' })],
    ['without a person', { ...LEAD, user: null }],
  ])('nothing of a role %s', (_, session) => {
    expect(isAuthorized(session, CLAIMS, { role: 'org:lead' })).toBe(false);
    expect(isAuthorized(session, CLAIMS, { permission: 'org:notes:write' })).toBe(false);
  });

  test('nothing of features and plans without claims, or with odd ones', () => {
    for (const claims of [null, {}, { fea: 1, pla: ['u:pro'] }]) {
      expect(isAuthorized(LEAD, claims, { feature: 'org:export' })).toBe(false);
      expect(isAuthorized(LEAD, claims, { plan: 'user:pro' })).toBe(false);
    }
  });
});

test('only features and plans are in the claims alone', () => {
  expect(asksForClaims({ role: 'org:lead', reverification: 'lax' })).toBe(false);
  expect(asksForClaims({ feature: 'org:export' })).toBe(true);
  expect(asksForClaims({ plan: 'user:pro' })).toBe(true);
});
