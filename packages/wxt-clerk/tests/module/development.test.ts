// @vitest-environment node
import { createHash, createPublicKey } from 'node:crypto';
import { createCertificate } from 'clerk-emulator';
import { expect, test } from 'vitest';
import { publicKeyHash } from '../../src/module/development';

test('Chromium trusts one certificate, by the hash of its public key', async () => {
  const { certificate, privateKey } = await createCertificate('clerk.localhost');
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  expect(publicKeyHash(certificate)).toBe(createHash('sha256').update(der).digest('base64'));
  expect(publicKeyHash((await createCertificate('clerk.localhost')).certificate)).not.toBe(
    publicKeyHash(certificate),
  );
});
