// @vitest-environment node
import { beforeEach, expect, test, vi } from 'vitest';
import { seal, unseal } from '../../src/background/credential-seal';

const keys = new Map<string, CryptoKey>();

// The database's one store of keys.
vi.mock('../../src/shared/database', () => ({
  inTransaction: async (_names: string[], _mode: string, use: (stores: object) => unknown) =>
    use({
      keys: {
        get: (name: string) => keys.get(name),
        put: (key: CryptoKey, name: string) => keys.set(name, key),
      },
    }),
  requested: async (value: unknown) => value,
}));

beforeEach(() => keys.clear());

const SECRET = 'client-jwt-of-somebody';

test('what is sealed is given back, and cannot be read where it lies', async () => {
  const sealed = await seal(SECRET);
  expect(Buffer.from(sealed.data).toString('latin1')).not.toContain(SECRET);
  expect(await unseal(sealed)).toBe(SECRET);
});

test('the key is made once, and no script can read it out', async () => {
  await seal(SECRET);
  await seal(SECRET);
  const [key] = [...keys.values()] as [CryptoKey];
  expect(keys.size).toBe(1);
  expect(key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
});

test('any script of the extension can use the key, which lies beside what it seals', async () => {
  const { iv, data } = await seal(SECRET);
  const [key] = [...keys.values()] as [CryptoKey];
  const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data);
  expect(new TextDecoder().decode(opened)).toBe(SECRET);
});

test('the same credential is sealed differently each time', async () => {
  const [one, other] = [await seal(SECRET), await seal(SECRET)];
  expect(Buffer.from(one.data).equals(Buffer.from(other.data))).toBe(false);
});

test('with another key it is not given back', async () => {
  const sealed = await seal(SECRET);
  keys.clear();
  await expect(unseal(sealed)).rejects.toMatchObject({ name: 'OperationError' });
});
