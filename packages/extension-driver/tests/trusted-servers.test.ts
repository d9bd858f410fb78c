// @vitest-environment node
import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import { beforeAll, expect, test } from 'vitest';
import { certificateOverrides, trustArguments } from '../src/driver/trusted-servers.ts';

let certificate: string;

beforeAll(async () => {
  certificate = (await generate([{ name: 'commonName', value: 'one.localhost' }], { keySize: 2048 })).cert;
});

test('Chromium takes the certificates that are given, by their public keys, and no others', () => {
  const { publicKey } = new X509Certificate(certificate);
  const hash = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  const server = { url: 'https://one.localhost:8443', certificate };
  expect(trustArguments([server, server])).toEqual([`--ignore-certificate-errors-spki-list=${hash},${hash}`]);
});

test('without a server of its own Chromium checks every certificate', () => {
  expect(trustArguments([])).toEqual([]);
});

test('Firefox takes a certificate at its own address, with the port that https has', () => {
  const { fingerprint256 } = new X509Certificate(certificate);
  const at = (url: string) => certificateOverrides([{ url, certificate }]);
  expect(at('https://one.localhost:8443')).toBe(
    `one.localhost:8443:\tOID.2.16.840.1.101.3.4.2.1\t${fingerprint256}\t\n`,
  );
  expect(at('https://one.localhost')).toMatch(/^one\.localhost:443:/);
  expect(certificateOverrides([])).toBe('');
});
