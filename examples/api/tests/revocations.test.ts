// @vitest-environment node
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openStore, type Store } from '../src/store/store.ts';

const HOUR_MS = 60 * 60 * 1000;

let store: Store;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 0 });
  store = openStore(':memory:');
});
afterEach(() => {
  vi.useRealTimers();
  store.close();
});

it('those of sessions and memberships are forgotten after a day, those of people and organizations never', () => {
  const { revocations } = store;
  revocations.revoke('user_1');
  revocations.revokeSession('sess_1');
  revocations.revokeBefore('org_1 user_1', 100);
  vi.setSystemTime(23 * HOUR_MS);
  revocations.revokeSession('sess_2');
  expect(revocations.find(['sess_1'], 99)).toEqual({ forever: true });
  expect(revocations.find(['org_1 user_1'], 99)).toEqual({ forever: false });

  vi.setSystemTime(24 * HOUR_MS);
  revocations.revokeSession('sess_3');
  expect(revocations.find(['sess_1', 'org_1 user_1'], 99)).toBeNull();
  expect(revocations.find(['sess_2'], 99)).toEqual({ forever: true });
  expect(revocations.isRevoked('user_1')).toBe(true);
});

it('the latest second of a membership stays, and is kept for a day more', () => {
  const { revocations } = store;
  revocations.revokeBefore('org_1 user_1', 100);
  vi.setSystemTime(23 * HOUR_MS);
  revocations.revokeBefore('org_1 user_1', 50);
  vi.setSystemTime(25 * HOUR_MS);
  revocations.revokeSession('sess_1');
  expect(revocations.find(['org_1 user_1'], 99)).toEqual({ forever: false });
});
