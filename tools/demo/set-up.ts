import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmulatorControl, SettingsPatch } from 'clerk-emulator';
import type { ExtensionBrowser } from 'extension-driver';
import { findCallbackUrl } from 'wxt-clerk/build';

/** One thing that is set in the instance, and where a person sets it with an account of their own. */
interface Step {
  what: string;
  where: string;
  settings: SettingsPatch;
}

/**
 * Sets the instance up for the extension, as its developer does in Clerk, and says each step. Everything else is as in a
 * new production instance.
 */
export async function setUpInstance(
  control: EmulatorControl,
  { name, extensionOrigin }: Pick<ExtensionBrowser, 'name' | 'extensionOrigin'>,
  callbackUrl: string,
  report: (line: string) => void,
): Promise<void> {
  report('Set up in the instance, as you would in yours (docs/clerk-setup.md):');
  for (const { what, where, settings } of stepsFor(name, extensionOrigin, callbackUrl)) {
    await control.configure(settings);
    report(`  ${what}  (${where})`);
  }
}

function stepsFor(name: ExtensionBrowser['name'], extensionOrigin: string, callbackUrl: string): Step[] {
  // An origin of Firefox is that of one profile: a published extension has another one for each person.
  const note = name === 'firefox' ? '; published: WXT_STRIP_ORIGIN instead' : '';
  return [
    {
      what: 'Native API: on',
      where: 'dashboard → Native applications',
      settings: { nativeApiEnabled: true },
    },
    {
      what: 'Bot sign-up protection: off',
      where: 'dashboard → Attack protection',
      settings: { botProtection: false },
    },
    {
      what: `Allowed origin: ${extensionOrigin}`,
      where: `Backend API, PATCH /v1/instance${note}`,
      settings: { allowedOrigins: [extensionOrigin] },
    },
    {
      what: 'Google and GitHub: on',
      where: 'dashboard → SSO connections',
      settings: { socialProviders: ['oauth_google', 'oauth_github'] },
    },
    {
      what: `Redirect URL: ${callbackUrl}`,
      where: 'Backend API, POST /v1/redirect_urls',
      settings: { redirectUrls: [callbackUrl] },
    },
    {
      what: 'Several sessions on one client: on',
      where: 'dashboard → Sessions',
      settings: { singleSessionMode: false },
    },
    {
      what: 'Organizations: on',
      where: 'dashboard → Organizations',
      settings: { organizations: true },
    },
    {
      what: 'Rate limits: 5 sign-ins and 3 attempts in 10 s',
      where: 'Clerk’s own, nothing to set',
      settings: { rateLimits: 'clerk' },
    },
  ];
}

/** The address that providers come back to, as the manifest of a build names it. @throws {Error} When it has none. */
export async function callbackOf(extensionPath: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(extensionPath, 'manifest.json'), 'utf8'));
  const callbackUrl = findCallbackUrl(manifest.host_permissions ?? []);
  if (!callbackUrl) throw new Error(`${extensionPath} is built without single sign-on.`);
  return callbackUrl;
}
