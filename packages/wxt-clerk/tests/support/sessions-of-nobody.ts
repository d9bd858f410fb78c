import { vi } from 'vitest';

/** What an auth service answers of sessions while nobody is signed in. */
export function sessionsOfNobody() {
  return {
    getSession: vi.fn(async () => null),
    listSessions: vi.fn(async () => []),
    setActive: vi.fn(async () => null),
    touchSession: vi.fn(async () => null),
    endSession: vi.fn(async () => null),
    removeSession: vi.fn(async () => null),
    checkAuthorization: vi.fn(async () => false),
    listOrganizations: vi.fn(async () => []),
  };
}
