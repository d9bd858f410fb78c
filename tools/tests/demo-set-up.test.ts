// @vitest-environment node
import type { EmulatorControl } from 'clerk-emulator';
import { expect, test } from 'vitest';
import { setUpInstance } from '../demo/set-up.ts';

const FIREFOX = { name: 'firefox', extensionOrigin: 'moz-extension://6e2c0b43-0000' } as const;

const CALLBACK = `https://${'0'.repeat(40)}.extensions.allizom.org/`;

test('the demo says what it sets up in the instance, and where', async () => {
  const lines: string[] = [];
  const calls: object[] = [];
  const control = {
    configure: async (patch: object) => void calls.push(patch),
  } as unknown as EmulatorControl;
  await setUpInstance(control, FIREFOX, CALLBACK, (line) => lines.push(line));
  expect(lines).toEqual([
    'Set up in the instance, as you would in yours (docs/clerk-setup.md):',
    '  Native API: on  (dashboard → Native applications)',
    '  Bot sign-up protection: off  (dashboard → Attack protection)',
    '  Allowed origin: moz-extension://6e2c0b43-0000  (Backend API, PATCH /v1/instance; published: WXT_STRIP_ORIGIN instead)',
    '  Google and GitHub: on  (dashboard → SSO connections)',
    `  Redirect URL: ${CALLBACK}  (Backend API, POST /v1/redirect_urls)`,
    '  Several sessions on one client: on  (dashboard → Sessions)',
    '  Organizations: on  (dashboard → Organizations)',
    '  Rate limits: 5 sign-ins and 3 attempts in 10 s  (Clerk’s own, nothing to set)',
  ]);
  expect(Object.assign({}, ...calls)).toEqual({
    nativeApiEnabled: true,
    botProtection: false,
    allowedOrigins: [FIREFOX.extensionOrigin],
    socialProviders: ['oauth_google', 'oauth_github'],
    redirectUrls: [CALLBACK],
    singleSessionMode: false,
    organizations: true,
    rateLimits: 'clerk',
  });
});
