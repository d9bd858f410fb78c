import { type Emulator, startEmulator } from 'clerk-emulator';
import {
  describeBrowser,
  type ExtensionBrowser,
  findBrowser,
  hasDisplay,
  launchExtensionBrowser,
} from 'extension-driver';
import { expectBrowserName, parseCommandLine, runCommand } from 'wxt-clerk-cli/command-line';
import { API } from './api-example.ts';
import type { Album } from './demo/album.ts';
import { callbackOf, setUpInstance } from './demo/set-up.ts';
import { walkExtension, walkTour } from './demo/tour.ts';
import { walkAccounts } from './demo/tour-accounts.ts';
import { walkNotes } from './demo/tour-notes.ts';
import { walkWebApp } from './demo/tour-web-app.ts';
import { type DemoSite, startDemoSite } from './demo-site/index.ts';
import { buildExtension } from './extension-build.ts';
import { type ApiServer, reserveApiOrigin, startApiServer } from './steps/api-server.ts';

const USAGE = `Usage: npm run demo -- [options]

Shows the extension in a real browser, signed in against a local Frontend API, with an API of its own (examples/api) and its
content script on a local web page. No Clerk account is needed.

  --browser <name>       chromium or firefox (default chromium)
  --tour                 walk the whole path by itself; the default where there is no display
  --screenshots <folder> where the tour saves its pictures (default .output/demo/screenshots-<browser>)
  --help                 this text
`;

await runCommand(async () => {
  const values = parseCommandLine('demo', {
    browser: { type: 'string', default: 'chromium' },
    tour: { type: 'boolean', default: false },
    screenshots: { type: 'string' },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const name = expectBrowserName(values.browser);
  const isTour = values.tour || !hasDisplay();

  const found = await findBrowser(name);
  console.log(`Browser: ${describeBrowser(found)}`);
  const log = (line: string) => console.log(`  ${line}`);
  const emulator = await startEmulator({ log });
  const site = await startDemoSite();
  try {
    console.log(`Local Frontend API: ${emulator.url}`);
    console.log(`Local web page: ${site.url}`);
    const apiOrigin = await reserveApiOrigin();
    console.log(apiOrigin ? `Local API: ${apiOrigin}` : `Not there, and skipped: ${API}`);
    const extensionPath = await buildExtension(name, emulator.publishableKey, '.output/demo', {
      ...site.access,
      ...(apiOrigin && { WXT_API_ORIGINS: apiOrigin }),
      WXT_CLERK_SSO: 'true',
    });
    console.log(`Extension: ${extensionPath}`);
    const browser = await launchExtensionBrowser(name, {
      executablePath: found.executablePath,
      extensionPath,
      headless: !hasDisplay(),
      trustedServers: [emulator],
      ...(isTour && { windowSize: { width: 1280, height: 860 } }),
    });
    let api: ApiServer | null = null;
    try {
      await setUpInstance(emulator.control, browser, await callbackOf(extensionPath), console.log);
      if (apiOrigin)
        api = await startApiServer({ emulator, origin: apiOrigin, extensionOrigin: browser.extensionOrigin });
      if (!isTour) return await showToPerson(browser, emulator, site);
      const folder = values.screenshots ?? `.output/demo/screenshots-${name}`;
      const withWebApp = async (pictures: Album) => {
        // One browser at a time.
        await browser.close();
        await walkWebApp(found, pictures);
      };
      return await walkTour(
        [
          (pictures) => walkExtension(browser, { emulator, site }, pictures),
          async (pictures) => {
            if (apiOrigin) await walkNotes(browser, { emulator, site }, pictures);
          },
          (pictures) => walkAccounts(browser, emulator, pictures),
          withWebApp,
        ],
        folder,
      );
    } finally {
      await browser.close();
      await api?.close();
    }
  } finally {
    await site.close();
    await emulator.close();
  }
});

async function showToPerson(
  browser: ExtensionBrowser,
  { seededUser, seededPeople: [, charles] }: Emulator,
  site: DemoSite,
): Promise<number> {
  await browser.openWebPage(site.url);
  await browser.openPage('token-demo.html');
  console.log(`
The browser is open, with the extension installed.

  1. Click the puzzle piece in the toolbar, then "Clerk WXT Extension".
  2. Sign in as ${seededUser.emailAddress} with the password ${seededUser.password},
     by e-mail code (codes that would be mailed appear here), or with Google: its page is a stand-in, too.
  3. Open the side panel from the popup. Close the popup.
  4. In the tab "Token demo" press "Get a token".
  5. Write a note in the side panel: an API keeps it. In the tab "Notebook", a web page, the extension's content script shows
     who you are and what the API says.
  6. Click your name in the popup, and add a second account: ${charles.emailAddress}, password ${charles.password}.
     Choose an organization: its admins see a section of their own.
  7. Sign out anywhere, and watch every page follow.

Close the browser or press Ctrl-C to end.`);
  await Promise.race([browser.whenEnded(), interrupted()]);
  return 0;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => process.once('SIGINT', resolve));
}
