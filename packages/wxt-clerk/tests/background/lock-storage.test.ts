// @vitest-environment node
import { describe, expect, test, vi } from 'vitest';
import { lockStorage } from '../../src/background/lock-storage';

const TRUSTED = { accessLevel: 'TRUSTED_CONTEXTS' };
const ALL = { accessLevel: 'TRUSTED_AND_UNTRUSTED_CONTEXTS' };
const lockable = () => ({ setAccessLevel: vi.fn(async () => {}) });

describe('the storage lock', () => {
  test('closes every area to content scripts', async () => {
    const storage = { local: lockable(), sync: lockable(), session: lockable(), managed: lockable() };
    await lockStorage(storage);
    for (const area of Object.values(storage)) expect(area.setAccessLevel).toHaveBeenCalledWith(TRUSTED);
  });

  test('leaves local and sync to content scripts where the extension says so, also where they were closed before', async () => {
    const storage = { local: lockable(), sync: lockable(), session: lockable(), managed: lockable() };
    await lockStorage(storage, true);
    expect(storage.local.setAccessLevel).toHaveBeenCalledWith(ALL);
    expect(storage.sync.setAccessLevel).toHaveBeenCalledWith(ALL);
    expect(storage.session.setAccessLevel).toHaveBeenCalledWith(TRUSTED);
    expect(storage.managed.setAccessLevel).toHaveBeenCalledWith(TRUSTED);
  });

  test('leaves local and sync as they are where the extension says nothing: it may have closed them itself', async () => {
    const storage = { local: lockable(), sync: lockable(), session: lockable(), managed: lockable() };
    await lockStorage(storage, null);
    expect(storage.local.setAccessLevel).not.toHaveBeenCalled();
    expect(storage.sync.setAccessLevel).not.toHaveBeenCalled();
    expect(storage.session.setAccessLevel).toHaveBeenCalledWith(TRUSTED);
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
