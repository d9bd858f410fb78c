// @vitest-environment node
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createCertificate, createPublishableKey, PERMISSIVE_SETTINGS } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { extensionIdOfFolder, extensionIdOfKey } from '../../src/crx/extension-id';
import { createKeyPair } from '../../src/crx/key-pair';
import { formatFindings } from '../../src/doctor/finding';
import { createPatient, of, type Patient } from './patient';

const HOSTS = { host_permissions: ['https://clerk.localhost/*'] };
const STRIPPED = { ...HOSTS, permissions: ['storage', 'declarativeNetRequestWithHostAccess'] };
const PUBLISHED_ID = 'abcdefghijklmnopabcdefghijklmnop';

withEmulator({ settings: PERMISSIVE_SETTINGS });

let patient: Patient;
beforeEach(() => {
  patient = createPatient();
});
afterEach(() => patient.dispose());

/** A project with a key of the emulator and both builds for it. */
function healthy(): void {
  const { publishableKey } = emulator;
  patient.write('.env', `WXT_CLERK_PUBLISHABLE_KEY=${publishableKey}\n`);
  patient.build('chrome-mv3', publishableKey, HOSTS);
  patient.build('firefox-mv3', publishableKey, HOSTS);
}

const failuresOf = (findings: Awaited<ReturnType<Patient['examine']>>) =>
  findings.filter(({ status }) => status === 'failed').map(({ check }) => check);

test('a project in which everything is right', async () => {
  healthy();
  const findings = await patient.examine();
  expect(findings.map(({ check, status }) => `${check}: ${status}`)).toEqual([
    'Publishable key: ok',
    'Instance of chrome-mv3: ok',
    'Hosts of chrome-mv3: ok',
    'Instance of firefox-mv3: ok',
    'Hosts of firefox-mv3: ok',
    'Frontend API: ok',
    'Clock: ok',
    'Maintenance: ok',
    'Bot protection: ok',
    'Second factor: ok',
    'Organizations: ok',
    'Session minter: ok',
    'Native API: ok',
    'Single sign-on: ok',
    'Chrome origin: ok',
    'Firefox origin: ok',
  ]);
  expect(findings[0]?.seen).toBe(
    `production instance at clerk.localhost:${emulator.port}, a local one (from .env)`,
  );
});

test('changes nothing at the instance: it only asks, by GET', async () => {
  healthy();
  await patient.examine();
  const requests = await emulator.control.requests();
  expect(requests.length).toBeGreaterThan(3);
  expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

describe('the publishable key', () => {
  test('missing', async () => {
    expect(await patient.examine()).toEqual([
      {
        check: 'Publishable key',
        status: 'failed',
        seen: 'WXT_CLERK_PUBLISHABLE_KEY is not set',
        mend: expect.stringContaining('Copy the publishable key from https://dashboard.clerk.com/~/api-keys'),
      },
      { check: 'Everything else', status: 'skipped', seen: 'it needs the key' },
    ]);
  });

  test('malformed, with the file that holds it', async () => {
    patient.write('.env', 'WXT_CLERK_PUBLISHABLE_KEY=pk_live_x\n');
    patient.write('.env.local', 'WXT_CLERK_PUBLISHABLE_KEY=hello\n');
    expect((await patient.examine())[0]).toMatchObject({
      status: 'failed',
      seen: 'WXT_CLERK_PUBLISHABLE_KEY is "hello", which is not pk_test_… or pk_live_… (from .env.local)',
    });
  });

  test('a secret key in its place is told, and not repeated', async () => {
    const secret = 'sk_live_aVerySecretKeyOfSomebody';
    patient.write('.env', `WXT_CLERK_PUBLISHABLE_KEY=${secret}\nCLERK_SECRET_KEY=${secret}\n`);
    const findings = await patient.examine({ environment: { CLERK_SECRET_KEY: secret } });
    expect(findings[0]).toMatchObject({ status: 'failed', seen: expect.stringContaining('a secret key') });
    expect(JSON.stringify(findings) + formatFindings(findings)).not.toContain('aVerySecretKey');
  });

  test('is read as a build reads it: not from the files of development mode', async () => {
    healthy();
    patient.write('.env.development', 'WXT_CLERK_PUBLISHABLE_KEY=hello\n');
    patient.write('.env.firefox', 'WXT_CLERK_PUBLISHABLE_KEY=world\n');
    expect((await patient.examine())[0]?.status).toBe('ok');
    expect((await patient.examine({ browser: 'firefox' }))[0]?.seen).toContain('is "world"');
    const environment = { WXT_CLERK_PUBLISHABLE_KEY: 'shell' };
    expect((await patient.examine({ environment }))[0]?.seen).toContain('is "shell"');
  });
});

describe('the builds', () => {
  test('none yet', async () => {
    patient.write('.env', `WXT_CLERK_PUBLISHABLE_KEY=${emulator.publishableKey}\n`);
    const findings = await patient.examine();
    expect(of('Build', findings)).toEqual([
      { check: 'Build', status: 'skipped', seen: 'there is none in .output yet', mend: 'npm run build' },
    ]);
    expect(of('Chrome origin', findings)).toMatchObject([
      { status: 'skipped', mend: 'npx --no-install wxt-clerk crx-key' },
    ]);
  });

  test('for another instance', async () => {
    healthy();
    const other = createPublishableKey('development', 'clever-cat-1.clerk.accounts.dev');
    patient.build('chrome-mv3', other, { host_permissions: ['https://clever-cat-1.clerk.accounts.dev/*'] });
    const findings = await patient.examine();
    expect(failuresOf(findings)).toEqual(['Instance of chrome-mv3', 'Hosts of chrome-mv3']);
    expect(of('Instance of chrome-mv3', findings)).toMatchObject([
      {
        seen: 'it was built for the development instance at clever-cat-1.clerk.accounts.dev',
        mend: 'npm run build',
      },
    ]);
    expect(of('Hosts of chrome-mv3', findings)).toMatchObject([
      {
        seen: 'it may not reach https://clerk.localhost/*, only https://clever-cat-1.clerk.accounts.dev/*',
        mend: 'npm run build',
      },
    ]);
  });

  test('of another port of the same host, which host permissions do not tell apart', async () => {
    healthy();
    patient.build('firefox-mv3', createPublishableKey('production', 'clerk.localhost:1'), HOSTS);
    const findings = await patient.examine();
    expect(failuresOf(findings)).toEqual(['Instance of firefox-mv3']);
    expect(of('Instance of firefox-mv3', findings)).toMatchObject([{ mend: 'npm run build:firefox' }]);
  });

  test('of which the key cannot be told', async () => {
    healthy();
    patient.write('.output/edge-mv3/manifest.json', JSON.stringify({}));
    const findings = await patient.examine();
    expect(of('Instance of edge-mv3', findings)).toMatchObject([
      { status: 'warning', mend: 'npx wxt build -b edge' },
    ]);
    expect(of('Hosts of edge-mv3', findings)).toMatchObject([
      { status: 'failed', seen: 'it may not reach https://clerk.localhost/*, only nothing' },
    ]);
  });

  test('of development mode do not count', async () => {
    healthy();
    patient.build('chrome-mv3-dev', createPublishableKey('production', 'clerk.localhost:1'), {});
    expect(failuresOf(await patient.examine())).toEqual([]);
  });
});

describe('the Frontend API', () => {
  const at = (host: string) => {
    const key = createPublishableKey('production', host);
    patient.write('.env', `WXT_CLERK_PUBLISHABLE_KEY=${key}\n`);
    patient.build('chrome-mv3', key, HOSTS);
  };

  async function serve(status: number, body: string): Promise<void> {
    const { privateKey: key, certificate: cert } = await createCertificate('clerk.localhost');
    const server = createServer({ key, cert }, (_, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
    });
    at(`clerk.localhost:${(server.address() as AddressInfo).port}`);
  }

  test('down', async () => {
    at('clerk.localhost:9');
    const findings = await patient.examine();
    expect(of('Frontend API', findings)).toEqual([
      {
        check: 'Frontend API',
        status: 'failed',
        seen: 'https://clerk.localhost:9 does not answer (ECONNREFUSED)',
        mend: 'npx --no-install clerk-emulator --port 9, and build with the key that it prints',
      },
    ]);
    expect(findings.at(-1)).toMatchObject({ check: 'The instance', status: 'skipped' });
  });

  test('of a domain that is not there', async () => {
    at('clerk.invalid');
    const [finding] = of('Frontend API', await patient.examine());
    expect(finding?.seen).toMatch(/^https:\/\/clerk\.invalid does not answer \((ENOTFOUND|EAI_AGAIN)\)$/);
    expect(finding).toMatchObject({ status: 'failed', mend: expect.stringMatching(/domain|network/i) });
  });

  test('something else than one', async () => {
    await serve(200, '<html>Welcome</html>');
    expect(of('Frontend API', await patient.examine())).toMatchObject([
      {
        status: 'failed',
        seen: expect.stringMatching(/answers \(200\), but not as a Clerk Frontend API does$/),
      },
    ]);
  });

  test('that does not know the key', async () => {
    await serve(400, JSON.stringify({ errors: [{ code: 'host_invalid' }] }));
    expect(of('Frontend API', await patient.examine())).toMatchObject([
      {
        status: 'failed',
        seen: expect.stringMatching(/does not know this key \(host_invalid\)$/),
        mend: 'Copy the key again: https://dashboard.clerk.com/~/api-keys',
      },
    ]);
  });

  test.each([503, 429])('in trouble: %i', async (status) => {
    healthy();
    await emulator.control.addFault({ endpoint: '*', kind: 'status', status });
    expect(of('Frontend API', await patient.examine())).toMatchObject([
      { status: 'failed', seen: expect.stringMatching(new RegExp(`is in trouble \\(${status}\\)$`)) },
    ]);
  });

  test('that breaks off in between is a finding, too', async () => {
    healthy();
    await emulator.control.addFault({ endpoint: 'GET /v1/client', kind: 'drop' });
    const findings = await patient.examine();
    expect(failuresOf(findings)).toEqual(['Native API', 'Chrome origin', 'Firefox origin']);
    expect(of('Native API', findings)).toMatchObject([
      {
        seen: 'the Frontend API did not answer this time (ECONNRESET)',
        mend: 'npx --no-install wxt-clerk doctor, once more',
      },
    ]);
  });

  test('is trusted with a self-signed certificate on this computer only', async () => {
    const { createProbe, isLocal } = await import('../../src/doctor/probe');
    expect(['clerk.localhost:8443', '127.0.0.1:1', 'a.b.localhost'].map(isLocal)).toEqual([true, true, true]);
    expect(['clerk.example.com', 'localhost.example.com', 'notlocalhost.dev'].map(isLocal)).toEqual([
      false,
      false,
      false,
    ]);
    // A name that leads to this computer is still not one of this computer.
    await expect(createProbe(`127.1:${emulator.port}`)('/v1/environment')).resolves.toMatchObject({
      status: 200,
    });
    const { hostname } = new URL(`https://0.0.0.0:${emulator.port}`);
    await expect(createProbe(`${hostname}:${emulator.port}`)('/v1/environment')).rejects.toThrow(
      /self-signed/,
    );
  });
});

describe('the clock', () => {
  test.each([
    [90, 'behind'],
    [-90, 'ahead of'],
  ])('of the server %i s off', async (clockOffsetSeconds, direction) => {
    healthy();
    await emulator.control.configure({ clockOffsetSeconds });
    const [finding] = of('Clock', await patient.examine());
    expect(finding?.seen).toMatch(
      new RegExp(`^this computer's is (89|90|91) s ${direction} the Frontend API's: the extension copes`),
    );
    expect(finding).toMatchObject({ status: 'failed', mend: expect.any(String) });
  });

  test('has a command for each system', async () => {
    const { checkClock } = await import('../../src/doctor/check-frontend-api');
    const answer = { status: 200, json: null, serverTime: 0, localTime: 60_000, tookMs: 1 };
    expect(checkClock(answer, 'linux').mend).toBe('sudo timedatectl set-ntp true');
    expect(checkClock(answer, 'darwin').mend).toBe('sudo sntp -sS time.apple.com');
    expect(checkClock(answer, 'win32').mend).toBe('w32tm /resync');
    expect(checkClock({ ...answer, serverTime: null }).status).toBe('skipped');
    expect(checkClock({ ...answer, localTime: 5400 }).status).toBe('ok');
    expect(checkClock({ ...answer, localTime: 5600 }).status).toBe('failed');
  });
});

test('the Native API off', async () => {
  healthy();
  await emulator.control.configure({ nativeApiEnabled: false });
  const findings = await patient.examine();
  expect(of('Native API', findings)).toEqual([
    {
      check: 'Native API',
      status: 'failed',
      seen: 'it is off, and an extension is a native client',
      mend: 'Clerk dashboard → Native applications → Enable Native API',
    },
  ]);
  expect(of('Chrome origin', findings)).toMatchObject([{ status: 'skipped' }]);
  expect(of('Firefox origin', findings)).toMatchObject([{ status: 'skipped' }]);
});

describe('Chrome’s origin', () => {
  const folderOrigin = () =>
    `chrome-extension://${extensionIdOfFolder(`${patient.root}/.output/chrome-mv3`)}`;

  test('not on the list', async () => {
    healthy();
    await emulator.control.configure({ allowedOrigins: ['chrome-extension://other'] });
    const [finding] = of('Chrome origin', await patient.examine());
    expect(finding).toMatchObject({
      status: 'failed',
      seen: `${folderOrigin()} (chrome-mv3, unpacked) is refused: it is not among the allowed origins (origin_invalid)`,
    });
    expect(finding?.mend).toContain(`'{"allowed_origins":["${folderOrigin()}"]}'`);
    expect(finding?.mend).toContain('Bearer $CLERK_SECRET_KEY');
  });

  test('on the list, and yet refused beside a credential: the switch mends it', async () => {
    healthy();
    const allowedOrigins = [folderOrigin()];
    await emulator.control.configure({
      allowedOrigins,
      refuseOriginWithAuthorization: true,
      refuseListedOrigins: true,
    });
    expect(of('Chrome origin', await patient.examine())).toMatchObject([
      {
        status: 'failed',
        seen: expect.stringContaining(
          'refused: beside a credential, though not without one (origin_authorization_headers_conflict)',
        ),
        mend: expect.stringMatching(
          /^WXT_STRIP_ORIGIN=true in \.env\.chrome, then npm run build\. If it is not/,
        ),
      },
    ]);
    patient.write('.env.chrome', 'WXT_STRIP_ORIGIN=true\n');
    expect(of('Chrome origin', await patient.examine())).toMatchObject([
      { status: 'failed', seen: 'WXT_STRIP_ORIGIN is on, and chrome-mv3 was built with it off' },
    ]);
    patient.build('chrome-mv3', emulator.publishableKey, STRIPPED);
    expect(of('Chrome origin', await patient.examine())).toMatchObject([
      { status: 'ok', seen: expect.stringContaining('no azp claim') },
    ]);
  });

  test('on the list', async () => {
    healthy();
    await emulator.control.configure({
      refuseOriginWithAuthorization: true,
      allowedOrigins: [folderOrigin()],
    });
    expect(of('Chrome origin', await patient.examine())).toMatchObject([{ status: 'ok' }]);
  });

  test('of the published extension is the one that counts', async () => {
    healthy();
    const { publicKey } = createKeyPair();
    patient.write('.env.local', `WXT_CRX_PUBLIC_KEY=${publicKey}\n`);
    const keyOrigin = `chrome-extension://${extensionIdOfKey(Buffer.from(publicKey, 'base64'))}`;
    await emulator.control.configure({ allowedOrigins: [`chrome-extension://${PUBLISHED_ID}`] });
    expect(of('Chrome origin', await patient.examine({ publishedId: PUBLISHED_ID }))).toMatchObject([
      { status: 'ok', seen: `chrome-extension://${PUBLISHED_ID} (published) is accepted` },
      { status: 'warning', seen: expect.stringContaining(`${keyOrigin} (development mode and test builds)`) },
      { status: 'warning', seen: expect.stringContaining(folderOrigin()) },
    ]);
    expect(of('Chrome origin', await patient.examine()).map(({ status }) => status)).toEqual([
      'failed',
      'warning',
    ]);
  });
});

describe('Firefox’s origin', () => {
  test('refused: the switch mends it', async () => {
    healthy();
    await emulator.control.configure({ refuseOriginWithAuthorization: true });
    expect(of('Firefox origin', await patient.examine())).toMatchObject([
      {
        status: 'failed',
        seen: expect.stringContaining('it is refused, and cannot be listed'),
        mend: 'WXT_STRIP_ORIGIN=true in .env.firefox, then npm run build:firefox',
      },
    ]);
  });

  test('refused, and nobody builds for Firefox: a warning', async () => {
    patient.write('.env', `WXT_CLERK_PUBLISHABLE_KEY=${emulator.publishableKey}\n`);
    patient.build('chrome-mv3', emulator.publishableKey, HOSTS);
    await emulator.control.configure({ refuseOriginWithAuthorization: true });
    expect(of('Firefox origin', await patient.examine())).toMatchObject([{ status: 'warning' }]);
  });

  test('with the switch on and not yet built', async () => {
    healthy();
    patient.write('.env.firefox', 'WXT_STRIP_ORIGIN=true\n');
    expect(of('Firefox origin', await patient.examine())).toMatchObject([
      {
        status: 'failed',
        seen: 'WXT_STRIP_ORIGIN is on, and firefox-mv3 was built with it off',
        mend: 'npm run build:firefox',
      },
    ]);
  });

  test('taken off is accepted where every origin is refused', async () => {
    healthy();
    patient.write('.env.firefox', 'WXT_STRIP_ORIGIN=true\n');
    const gecko = { browser_specific_settings: { gecko: { id: 'mine@example.com' } } };
    patient.build('firefox-mv3', emulator.publishableKey, { ...STRIPPED, ...gecko });
    await emulator.control.configure({ refuseOriginWithAuthorization: true, allowedOrigins: [] });
    const [finding] = of('Firefox origin', await patient.examine());
    expect(finding).toMatchObject({ status: 'ok', seen: expect.stringContaining('no azp claim') });
    expect(finding?.seen).toContain('the id mine@example.com stays');
  });
});

test('a malformed variable is named, and what needs it is left out', async () => {
  healthy();
  patient.write('.env.local', 'WXT_CRX_PUBLIC_KEY=abc\nWXT_STRIP_ORIGIN=yes\n');
  const findings = await patient.examine();
  expect(of('Variables', findings)).toMatchObject([
    {
      seen: 'WXT_CRX_PUBLIC_KEY is not the base64 of an RSA public key (DER, SPKI) (from .env.local)',
      mend: 'Make one with "npx --no-install wxt-clerk crx-key", or delete the variable from .env.local.',
    },
    { seen: 'WXT_STRIP_ORIGIN is "yes" (from .env.local)', mend: expect.stringContaining('true or false') },
  ]);
  expect(findings.at(-1)).toMatchObject({ check: 'Origins', status: 'skipped' });
});

test('is printed one line a finding, the cure below', () => {
  expect(
    formatFindings([
      { check: 'Clock', status: 'ok', seen: 'right' },
      { check: 'Native API', status: 'failed', seen: 'off', mend: 'turn it on' },
    ]),
  ).toBe('ok       Clock       right\nFAILED   Native API  off\n                     → turn it on');
});
