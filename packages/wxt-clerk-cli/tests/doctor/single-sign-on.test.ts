// @vitest-environment node
import { PERMISSIVE_SETTINGS } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPatient, of, type Patient } from './patient';

withEmulator({ settings: PERMISSIVE_SETTINGS });

const CHECK = 'Single sign-on';
const CALLBACKS = {
  chrome: `https://${'a'.repeat(32)}.chromiumapp.org/`,
  firefox: `https://${'0'.repeat(40)}.extensions.allizom.org/`,
};

let patient: Patient;
beforeEach(() => {
  patient = createPatient();
  patient.write('.env', `WXT_CLERK_PUBLISHABLE_KEY=${emulator.publishableKey}\n`);
});
afterEach(() => patient.dispose());

function build(browser: keyof typeof CALLBACKS, hasSso: boolean): void {
  patient.build(`${browser}-mv3`, emulator.publishableKey, {
    permissions: hasSso ? ['storage', 'webRequest'] : ['storage'],
    host_permissions: ['https://clerk.localhost/*', ...(hasSso ? [`${CALLBACKS[browser]}*`] : [])],
  });
}

async function examine() {
  return of(CHECK, await patient.examine());
}

test('an instance without providers needs nothing', async () => {
  expect(await examine()).toEqual([{ check: CHECK, status: 'ok', seen: 'the instance has no providers' }]);
});

test('a build that has it for an instance without providers', async () => {
  build('chrome', true);
  expect(await examine()).toMatchObject([{ status: 'warning', mend: 'Clerk dashboard → SSO connections' }]);
});

test('providers that no build has', async () => {
  await emulator.control.configure({ socialProviders: ['oauth_google', 'oauth_github'] });
  const [finding] = await examine();
  expect(finding).toMatchObject({
    status: 'warning',
    seen: 'the instance offers google, github, and no build has single sign-on',
  });
  expect(finding?.mend).toContain('clerk: { sso: true }');
  build('chrome', false);
  expect((await examine())[0]?.seen).toContain('the builds leave single sign-on out');
});

test('both addresses, one of them on the list', async () => {
  await emulator.control.configure({ socialProviders: ['oauth_google'], redirectUrls: [CALLBACKS.chrome] });
  build('chrome', true);
  build('firefox', true);
  const [chrome, firefox] = await examine();
  expect(chrome).toMatchObject({
    status: 'ok',
    seen: `providers may come back to ${CALLBACKS.chrome} (chrome-mv3)`,
  });
  expect(firefox).toMatchObject({ status: 'failed' });
  expect(firefox?.seen).toContain(
    `${CALLBACKS.firefox} (firefox-mv3) is not among the instance's redirect URLs`,
  );
  expect(firefox?.mend).toContain(`{"url":"${CALLBACKS.firefox}"}`);
  expect(firefox?.mend).toContain('https://api.clerk.com/v1/redirect_urls');
});

test('a build that leaves it out beside one that has it', async () => {
  await emulator.control.configure({ socialProviders: ['oauth_google'], redirectUrls: [CALLBACKS.chrome] });
  build('chrome', true);
  build('firefox', false);
  expect((await examine()).map(({ status }) => status)).toEqual(['ok', 'warning']);
});

test('an instance that wants fewer sign-ins is asked another time', async () => {
  await emulator.control.configure({ socialProviders: ['oauth_google'], redirectUrls: [] });
  await emulator.control.addFault({ endpoint: 'POST /v1/client/sign_ins', kind: 'status', status: 429 });
  build('chrome', true);
  expect(await examine()).toMatchObject([{ status: 'skipped' }]);
});

test('an instance with nothing but a company’s own provider: its address is printed, and cannot be asked for', async () => {
  await emulator.control.configure({ enterpriseConnections: [{ domain: 'acme.example', name: 'Acme' }] });
  expect((await examine())[0]?.seen).toBe(
    'the instance offers enterprise sign-on, and no build has single sign-on',
  );
  build('chrome', true);
  const [finding] = await examine();
  expect(finding).toMatchObject({ status: 'skipped' });
  expect(finding?.seen).toContain(CALLBACKS.chrome);
  expect(finding?.mend).toContain(`{"url":"${CALLBACKS.chrome}"}`);
});
