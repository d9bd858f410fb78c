import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { publishableKey } from '../src/shared/config';
import { forgetVisit, keepVisit, keptView } from '../src/ui/account-page';
import { useInstanceNote } from '../src/ui/clerk/instance-note';
import { readInstanceHint } from '../src/ui/instance-hint';

const page = vi.hoisted(() => ({ environment: null as object | null, user: null as object | null }));
vi.mock('@clerk/chrome-extension', () => ({
  useClerk: () => ({ clerkjs: { __internal_environment: page.environment } }),
  useUser: () => ({ user: page.user }),
}));

beforeEach(() => {
  localStorage.clear();
  Object.assign(page, { environment: environmentOf(false), user: null });
});
afterEach(cleanup);

const environmentOf = (singleSessionMode: boolean, enabled = true) => ({
  authConfig: { singleSessionMode },
  organizationSettings: { enabled },
});
const person = (id: string, createOrganizationEnabled: boolean, memberships = 0) => ({
  id,
  createOrganizationEnabled,
  organizationMemberships: Array(memberships).fill({}),
});

function note(isWell = true) {
  const Page = () => {
    useInstanceNote(isWell);
    return null;
  };
  render(<Page />);
  return readInstanceHint();
}

test('what Clerk knows of the instance is there for the next page', () => {
  expect(note()).toEqual({ isMultiSession: true, hasOrganizations: true, mayHaveOrganizations: [] });
  cleanup();
  page.environment = environmentOf(true, false);
  expect(note()).toEqual({ isMultiSession: false, hasOrganizations: false, mayHaveOrganizations: [] });
});

test('what Clerk starts with where the Frontend API does not answer is nothing to remember', () => {
  note(false);
  expect(localStorage).toHaveLength(0);
});

test('who may be in an organization is remembered by person, also when somebody else comes and goes', () => {
  page.user = person('user_1', true);
  note();
  cleanup();
  page.user = person('user_2', false, 1);
  expect(note().mayHaveOrganizations).toEqual(['user_1', 'user_2']);
  cleanup();
  page.user = null;
  expect(note().mayHaveOrganizations).toEqual(['user_1', 'user_2']);
  cleanup();
  page.user = person('user_1', false);
  expect(note().mayHaveOrganizations).toEqual(['user_2']);
});

test('no list grows without end', () => {
  for (let number = 0; number < 25; number += 1) {
    page.user = person(`user_${number}`, true);
    note();
    cleanup();
  }
  expect(readInstanceHint().mayHaveOrganizations).toHaveLength(20);
  expect(readInstanceHint().mayHaveOrganizations.at(-1)).toBe('user_24');
});

const NOTHING = { isMultiSession: false, hasOrganizations: false, mayHaveOrganizations: [] };

test.each(['{', '7', 'null', '[]', '{}'])('what cannot be understood counts as nothing: %s', (text) => {
  localStorage.setItem('wxt-clerk-instance', text);
  expect(readInstanceHint()).toEqual(NOTHING);
});

test.each([
  [{ isMultiSession: 'yes', hasOrganizations: 1, mayHaveOrganizations: 'user_1' }, NOTHING],
  [
    { hasOrganizations: true, other: 1 },
    { ...NOTHING, hasOrganizations: true },
  ],
  [{ mayHaveOrganizations: [7, 'user_1'] }, { ...NOTHING, mayHaveOrganizations: ['user_1'] }],
])('each field counts by itself: %j', (stored, expected) => {
  localStorage.setItem('wxt-clerk-instance', JSON.stringify({ key: publishableKey, ...stored }));
  expect(readInstanceHint()).toEqual(expected);
});

test('a browser that keeps nothing is no error', () => {
  vi.stubGlobal('localStorage', undefined);
  expect(note()).toEqual(NOTHING);
  expect(keptView('user_1')).toBeNull();
  expect(() => keepVisit('user_1')).not.toThrow();
  expect(forgetVisit).not.toThrow();
  vi.unstubAllGlobals();
});

test.each([
  ['is gone on with', {}, 'account'],
  ['is ignored: an unknown view', { view: 'billing' }, null],
  ['is ignored: no view', { view: undefined }, null],
  ['is ignored: no time', { leftAt: 'now' }, null],
  ['is ignored: no route', { route: 7 }, null],
])('what somebody left %s', (_, changes, expected) => {
  const visit = { userId: 'user_1', view: 'account', route: '/', leftAt: Date.now(), ...changes };
  localStorage.setItem('wxt-clerk-account', JSON.stringify(visit));
  expect(keptView('user_1')).toBe(expected);
});
