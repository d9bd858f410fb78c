// @vitest-environment node
import { describe, expect, test, vi } from 'vitest';
import { lockStorage } from '../../src/background/lock-storage';

const TRUSTED = { accessLevel: 'TRUSTED_CONTEXTS' };
const lockable = () => ({ setAccessLevel: vi.fn(async () => {}) });

describe('the storage lock', () => {
  test('closes every area to content scripts', async () => {
    const storage = { local: lockable(), sync: lockable(), session: lockable(), managed: lockable() };
    await lockStorage(storage);
    for (const area of Object.values(storage)) expect(area.setAccessLevel).toHaveBeenCalledWith(TRUSTED);
  });

  test('does nothing in Firefox, which has no access levels', async () => {
    await expect(lockStorage({ local: {}, sync: {}, session: {} })).resolves.toBeUndefined();
  });

  test('goes on with the other areas when one fails, at once or later', async () => {
    const session = lockable();
    const sync = {
      setAccessLevel: () => {
        throw new Error('not here');
      },
    };
    await lockStorage({ local: { setAccessLevel: () => Promise.reject(new Error('no')) }, sync, session });
    expect(session.setAccessLevel).toHaveBeenCalledWith(TRUSTED);
  });
});
