// @vitest-environment node
import { createHash, createPublicKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { createCertificate, publicKeyHash } from '../src/certificate.ts';

it('is known to Chromium by the hash of its public key', async () => {
  const { certificate, privateKey } = await createCertificate('clerk.localhost');
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  expect(publicKeyHash(certificate)).toBe(createHash('sha256').update(der).digest('base64'));
});
