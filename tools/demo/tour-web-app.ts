import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from 'clerk-emulator';
import { type BrowserName, type ExtensionBrowser, launchExtensionBrowser } from 'extension-driver';
import { buildExtension, PROJECT_ROOT } from '../extension-build.ts';
import { waitForSignInForm, waitUntilSignedIn } from '../steps/sign-in.ts';
import { getDemoToken } from '../steps/token-demo.ts';
import { openWebApp, type RunningWebApp, startInstance, startWebApp, WEB_APP } from '../steps/web-app.ts';
import type { Album } from './album.ts';

/**
 * The tour's second part: a web app of the same instance, whose session is the extension's. It has an instance and a build of its
 * own, since both are made for the web app's address.
 */
export async function walkWebApp(
  { name, executablePath }: { name: BrowserName; executablePath: string },
  pictures: Album,
): Promise<void> {
  if (!existsSync(join(PROJECT_ROOT, WEB_APP))) return console.log(`Not there, and skipped: ${WEB_APP}`);
  const emulator = await startInstance('production');
  const webApp = await startWebApp(emulator, '.output/demo/web-app');
  try {
    const extensionPath = await buildExtension(name, emulator.publishableKey, '.output/demo/with-web-app', {
      WXT_CLERK_SYNC: 'true',
    });
    const browser = await launchExtensionBrowser(name, {
      executablePath,
      extensionPath,
      headless: true,
      trustedServers: [emulator, webApp],
      windowSize: { width: 1280, height: 860 },
    });
    try {
      await walk(browser, { emulator, webApp }, pictures);
    } finally {
      await browser.close();
    }
  } finally {
    await webApp.close();
    await emulator.close();
  }
}

interface Servers {
  emulator: Emulator;
  webApp: RunningWebApp;
}

async function walk(
  browser: ExtensionBrowser,
  { emulator, webApp }: Servers,
  pictures: Album,
): Promise<void> {
  const panel = await browser.openPage('sidepanel.html');
  await waitForSignInForm(panel);
  const web = await openWebApp(browser, webApp);
  await web.surface.waitForText('Sign in to');
  await pictures.add('A web app of the same instance, signed out', web.surface);

  await web.signIn(emulator.seededUser, 'Ada Lovelace');
  await pictures.add('Signed in in the web app', web.surface);

  await waitUntilSignedIn(panel, 'Ada Lovelace');
  await pictures.add('The side panel has the web app’s session', panel);

  const demo = await browser.openPage('token-demo.html');
  await demo.waitForText('Signed in as Ada Lovelace.');
  await browser.stopBackground();
  await getDemoToken(demo);
  await pictures.add('A token of that session, from a background that was stopped', demo);

  await web.signOut();
  await waitForSignInForm(panel);
  await pictures.add('Signed out in the web app: the side panel saw it', panel);
}
