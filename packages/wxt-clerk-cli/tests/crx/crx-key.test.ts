// @vitest-environment node
import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withVariable } from '../../src/crx/env-file';
import { extensionIdOfFolder, extensionIdOfKey } from '../../src/crx/extension-id';
import { createKeyPair, readPublicKey } from '../../src/crx/key-pair';
import { storeKey } from '../../src/crx/store-key';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'crx-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('a key pair', () => {
  test('is RSA of 2048 bits, and its halves belong together', () => {
    const { privateKey, publicKey } = createKeyPair();
    const own = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    expect(own.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
    expect(createPublicKey(privateKey ?? '').equals(own)).toBe(true);
  });

  test('its private half is only its owner’s, its public half in .env.local beside what was there', async () => {
    writeFileSync(join(root, '.env.local'), '# mine\nOTHER=1');
    const key = createKeyPair();
    await storeKey(key, { root, replace: false });
    expect(read('.keys/crx.pem')).toBe(key.privateKey);
    expect(read('.env.local')).toBe(`# mine\nOTHER=1\nWXT_CRX_PUBLIC_KEY=${key.publicKey}\n`);
    if (process.platform !== 'win32') expect(statSync(join(root, '.keys/crx.pem')).mode & 0o777).toBe(0o600);
  });

  test('is not overwritten: the id would be another one', async () => {
    const key = createKeyPair();
    await storeKey(key, { root, replace: false });
    const id = extensionIdOfKey(Buffer.from(key.publicKey, 'base64'));
    await expect(storeKey(createKeyPair(), { root, replace: false })).rejects.toThrow(
      `There is a key already, in .keys/crx.pem and .env.local (id ${id}), and another one means another id. ` +
        'To replace it: npx --no-install wxt-clerk crx-key --force',
    );
    expect(read('.keys/crx.pem')).toBe(key.privateKey);
    expect(read('.env.local')).toContain(key.publicKey);
  });

  test('is replaced when that is asked for', async () => {
    await storeKey(createKeyPair(), { root, replace: false });
    const key = createKeyPair();
    await storeKey(key, { root, replace: true });
    expect(read('.keys/crx.pem')).toBe(key.privateKey);
    expect(read('.env.local')).toBe(`WXT_CRX_PUBLIC_KEY=${key.publicKey}\n`);
  });

  test('of a published extension has no private half here', async () => {
    await storeKey(readPublicKey(createKeyPair().publicKey), { root, replace: false });
    expect(existsSync(join(root, '.keys'))).toBe(false);
  });
});

describe('the public key that the store shows', () => {
  const { privateKey, publicKey } = createKeyPair();

  test('is taken with or without its PEM lines', () => {
    const pem = `-----BEGIN PUBLIC KEY-----\n${publicKey.replace(/.{64}/g, '$&\n')}\n-----END PUBLIC KEY-----\n`;
    const expected = { privateKey: null, publicKey };
    expect(readPublicKey(pem)).toEqual(expected);
    expect(readPublicKey(` ${publicKey}\n`)).toEqual(expected);
  });

  test.each(['', 'nonsense', 'aaaa'])('is not %j', (text) => {
    expect(() => readPublicKey(text)).toThrow(`This is not an RSA public key: "${text}".`);
  });

  test('is not a private key, which is not repeated', () => {
    expect(() => readPublicKey(privateKey ?? '')).toThrow(
      /^This is a private key, which must not leave its file/,
    );
  });
});

describe('the id', () => {
  test('of a key is half its SHA-256, in the letters a to p', () => {
    const id = extensionIdOfKey(Buffer.from('abc'));
    expect(id).toBe('lkhibglpipabmpokebebeanofnkocccd');
  });

  test.skipIf(process.platform === 'win32')(
    'of a folder is that of its real path, also before there is anything at it',
    () => {
      const folder = join(realpathSync(root), 'project');
      const link = join(root, 'link');
      mkdirSync(folder);
      symlinkSync(folder, link);
      expect(extensionIdOfFolder(link)).toBe(extensionIdOfFolder(folder));
      const built = ['.output', 'chrome-mv3'];
      expect(extensionIdOfFolder(join(link, ...built))).toBe(extensionIdOfFolder(join(folder, ...built)));
    },
  );

  test('of a folder is that of its path', () => {
    expect(extensionIdOfFolder('/home/ada/extension', 'linux')).toBe(
      extensionIdOfKey(Buffer.from('/home/ada/extension')),
    );
    expect(extensionIdOfFolder('c:\\extension', 'win32')).toBe(
      extensionIdOfKey(Buffer.from('C:\\extension', 'utf16le')),
    );
  });
});

describe('a variable in an .env file', () => {
  test.each([
    ['', 'A=2\n'],
    ['B=1\n', 'B=1\nA=2\n'],
    ['B=1', 'B=1\nA=2\n'],
    ['A=1\nB=1\n', 'A=2\nB=1\n'],
    ['B=1\nexport A = "1"\n# end\n', 'B=1\nA=2\n# end\n'],
    ['# A=1\nAA=1\n', '# A=1\nAA=1\nA=2\n'],
  ])('%j becomes %j', (before, after) => {
    expect(withVariable(before, 'A', '2')).toBe(after);
  });
});

test.skipIf(!existsSync('.git'))('git ignores both halves', () => {
  const files = ['.keys/crx.pem', '.env.local'];
  expect(
    execFileSync('git', ['check-ignore', ...files], { encoding: 'utf8' })
      .trim()
      .split('\n'),
  ).toEqual(files);
});
