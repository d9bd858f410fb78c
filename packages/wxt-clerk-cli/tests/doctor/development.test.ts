// @vitest-environment node

import { PERMISSIVE_SETTINGS } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPatient, of, type Patient } from './patient';

withEmulator({ instance: 'development', settings: PERMISSIVE_SETTINGS });

let patient: Patient;
beforeEach(() => {
  patient = createPatient();
  patient.write('.env', `WXT_CLERK_PUBLISHABLE_KEY=${emulator.publishableKey}\nWXT_STRIP_ORIGIN=true\n`);
  for (const name of ['chrome-mv3', 'firefox-mv3'])
    patient.build(name, emulator.publishableKey, { host_permissions: ['https://clerk.localhost/*'] });
});
afterEach(() => patient.dispose());

test('a development instance gets no credential beside an origin, so that rule is not asked for', async () => {
  await emulator.control.configure({ refuseOriginWithAuthorization: true });
  const findings = await patient.examine();
  expect(findings[0]?.seen).toContain('development instance at clerk.localhost');
  expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
  const requests = await emulator.control.requests();
  expect(requests.filter(({ authorization }) => authorization)).toEqual([]);
});

test('an origin that it does not list is told all the same', async () => {
  await emulator.control.configure({ allowedOrigins: [] });
  const findings = await patient.examine();
  expect(of('Chrome origin', findings)).toMatchObject([{ status: 'failed' }]);
  expect(of('Firefox origin', findings)).toMatchObject([
    { status: 'failed', mend: 'Use a development instance that has no list of allowed origins' },
  ]);
});
