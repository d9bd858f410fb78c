// @vitest-environment node
import { PERMISSIVE_SETTINGS, type Settings } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Finding } from '../../src/doctor/finding';
import { createPatient, of, type Patient } from './patient';

withEmulator({ settings: PERMISSIVE_SETTINGS });

let patient: Patient;
beforeEach(() => {
  patient = createPatient();
  patient.write('.env', `WXT_CLERK_PUBLISHABLE_KEY=${emulator.publishableKey}\n`);
});
afterEach(() => patient.dispose());

interface State {
  settings: Partial<Settings>;
  check: string;
  status: Finding['status'];
  seen: string;
  mend?: string;
}

const STATES: Record<string, State> = {
  maintenance: {
    settings: { maintenanceMode: true },
    check: 'Maintenance',
    status: 'warning',
    seen: 'the instance is in maintenance: who is signed in stays so, and nobody else gets in',
    mend: 'https://status.clerk.com',
  },
  'bot protection': {
    settings: { botProtection: true },
    check: 'Bot protection',
    status: 'warning',
    seen: 'nobody can sign up here',
    mend: 'Attack protection → Bot sign-up protection: off',
  },
  'a second factor required, and none on': {
    settings: { secondFactorRequired: true },
    check: 'Second factor',
    status: 'failed',
    seen: 'none of those that are on can be set up in an extension',
    mend: 'Multi-factor → Authenticator application: on',
  },
  'a second factor required, and only one that needs another': {
    settings: { secondFactorRequired: true, secondFactors: ['backup_code'] },
    check: 'Second factor',
    status: 'failed',
    seen: 'none of those that are on can be set up in an extension',
    mend: 'Multi-factor',
  },
  'a second factor required, and some that work here': {
    settings: { secondFactorRequired: true, secondFactors: ['backup_code', 'totp', 'phone_code'] },
    check: 'Second factor',
    status: 'ok',
    seen: 'people can set up: authenticator application, SMS code',
  },
  'an organization forced': {
    settings: { forceOrganizationSelection: true },
    check: 'Organizations',
    status: 'ok',
    seen: 'everybody has to choose one before there is a token',
  },
  'an organization forced, and none can be made': {
    settings: { forceOrganizationSelection: true, organizationCreation: false },
    check: 'Organizations',
    status: 'warning',
    seen: 'who is in none does not get in',
    mend: 'Organizations → Settings',
  },
  'the session minter': {
    settings: { sessionMinter: true },
    check: 'Session minter',
    status: 'ok',
    seen: 'it is on',
  },
};

test.each(Object.entries(STATES))('%s', async (_, { settings, check, status, seen, mend }) => {
  const [usual] = of(check, await patient.examine());
  expect(usual).toEqual({ check, status: 'ok', seen: expect.not.stringContaining(seen) });
  await emulator.control.configure(settings);
  expect(of(check, await patient.examine())).toEqual([
    {
      check,
      status,
      seen: expect.stringContaining(seen),
      ...(mend && { mend: expect.stringContaining(mend) }),
    },
  ]);
});
