// @vitest-environment node
import { generateKeyPairSync } from 'node:crypto';
import { expect, it, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { CHROME, SIGNING_SECRET } from './support/server.ts';

const pem = (modulusLength: number) =>
  generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ type: 'spki', format: 'pem' }).toString();

const JWT_KEY = pem(2048);
const GOOD = {
  CLERK_PUBLISHABLE_KEY: `pk_live_${btoa('clerk.example.com$')}`,
  CLERK_SECRET_KEY: 'sk_live_0123456789',
  CLERK_JWT_KEY: JWT_KEY,
  AUTHORIZED_PARTIES: CHROME,
};

it('takes what has to be there, and its own defaults', () => {
  expect(readConfig(GOOD)).toEqual({
    port: 3000,
    publishableKey: GOOD.CLERK_PUBLISHABLE_KEY,
    secretKey: GOOD.CLERK_SECRET_KEY,
    jwtKey: JWT_KEY,
    webhookSigningSecret: null,
    parties: { origins: [CHROME], anyFirefoxExtension: false, none: false },
    database: 'notes.sqlite',
    apiUrl: null,
  });
});

test.each(['', ' ', '\\n', '\r\n'])('takes a PEM whose lines end with %j', (end) => {
  expect(readConfig({ ...GOOD, CLERK_JWT_KEY: JWT_KEY.replaceAll('\n', end) }).jwtKey).toBe(JWT_KEY);
});

it('takes a free port and an address of the local Frontend API', () => {
  const config = readConfig({
    ...GOOD,
    PORT: '0',
    CLERK_API_URL: 'http://127.0.0.1:8444/',
    CLERK_WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
    DATABASE: '/data/notes.sqlite',
  });
  expect(config).toMatchObject({
    port: 0,
    apiUrl: 'http://127.0.0.1:8444',
    webhookSigningSecret: SIGNING_SECRET,
    database: '/data/notes.sqlite',
  });
});

test.each<[name: string, value: string | undefined, says: string]>([
  ['PORT', 'http', 'from 0 (a free port) to 65535, got "http"'],
  ['PORT', '-1', 'got "-1"'],
  ['PORT', '65536', 'got "65536"'],
  ['PORT', '3000.5', 'got "3000.5"'],
  ['CLERK_PUBLISHABLE_KEY', undefined, 'is not set'],
  ['CLERK_PUBLISHABLE_KEY', '', 'is not set'],
  ['CLERK_PUBLISHABLE_KEY', 'pk_live_???', 'must be a publishable key'],
  ['CLERK_SECRET_KEY', undefined, 'is not set'],
  ['CLERK_SECRET_KEY', 'secret-and-wrong', 'must be a secret key'],
  ['CLERK_SECRET_KEY', 'sk_test_0123456789', 'of two instances'],
  ['CLERK_JWT_KEY', undefined, 'is not set'],
  ['CLERK_JWT_KEY', 'secret-and-wrong', 'must be the public key'],
  ['CLERK_JWT_KEY', pem(4096), 'must be the public key'],
  ['CLERK_WEBHOOK_SIGNING_SECRET', 'secret-and-wrong', 'whsec_'],
  ['AUTHORIZED_PARTIES', undefined, 'is not set'],
  ['AUTHORIZED_PARTIES', ',', 'is not set'],
  ['AUTHORIZED_PARTIES', '*', 'must name origins'],
  ['CLERK_API_URL', 'api.clerk.com', 'must be an address'],
  ['CLERK_API_URL', 'https://api.clerk.com/v1', 'without a path'],
])('%s=%s is refused in one sentence that names it', (name, value, says) => {
  const read = () => readConfig({ ...GOOD, [name]: value });
  expect(read).toThrow(new RegExp(`^${name} `));
  expect(read).toThrow(says);
  expect(read).not.toThrow('secret-and-wrong');
});

it('names everything that is wrong at once', () => {
  expect(() => readConfig({})).toThrow(
    /^CLERK_PUBLISHABLE_KEY .*\nCLERK_SECRET_KEY .*\nCLERK_JWT_KEY .*\nAUTHORIZED_PARTIES .*$/,
  );
});
