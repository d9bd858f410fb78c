import { posix, win32 } from 'node:path';
import type { BrowserName } from './driver/types.ts';
import type { Environment } from './environment.ts';

/** Names on PATH, best first: plain Chromium before the branded browsers, ESR before the other Firefoxes. */
const COMMANDS: Record<BrowserName, string[]> = {
  chromium: [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
    'brave-browser',
  ],
  firefox: ['firefox-esr', 'firefox', 'firefox-developer-edition', 'firefox-nightly'],
};

const MAC_APPS: Record<BrowserName, string[]> = {
  chromium: [
    'Chromium.app/Contents/MacOS/Chromium',
    'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'Google Chrome.app/Contents/MacOS/Google Chrome',
    'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    'Brave Browser.app/Contents/MacOS/Brave Browser',
  ],
  firefox: [
    'Firefox.app/Contents/MacOS/firefox',
    'Firefox Developer Edition.app/Contents/MacOS/firefox',
    'Firefox Nightly.app/Contents/MacOS/firefox',
  ],
};

const WINDOWS_PROGRAMS: Record<BrowserName, string[]> = {
  chromium: [
    'Chromium\\Application\\chrome.exe',
    'Google\\Chrome\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
    'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  ],
  firefox: [
    'Mozilla Firefox ESR\\firefox.exe',
    'Mozilla Firefox\\firefox.exe',
    'Firefox Developer Edition\\firefox.exe',
    'Firefox Nightly\\firefox.exe',
  ],
};

const UNIX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/opt/firefox'];

/** Every place where the browser may be installed on this platform, best first. */
export function installedCandidates(name: BrowserName, environment: Environment): string[] {
  const { platform, variables } = environment;
  if (platform === 'win32') {
    const roots = [variables.PROGRAMFILES, variables['PROGRAMFILES(X86)'], variables.LOCALAPPDATA];
    return combine(roots, WINDOWS_PROGRAMS[name], win32.join);
  }
  const folders = (variables.PATH ?? '').split(':').concat(UNIX_FOLDERS);
  const onPath = combine(folders, COMMANDS[name], posix.join);
  if (platform !== 'darwin') return onPath;
  const homeApps = variables.HOME && posix.join(variables.HOME, 'Applications');
  return combine(['/Applications', homeApps], MAC_APPS[name], posix.join).concat(onPath);
}

/** All pairs, ordered by name first: a better browser in a later folder wins. */
function combine(
  folders: (string | undefined)[],
  names: string[],
  join: (folder: string, name: string) => string,
): string[] {
  const existing = folders.filter((folder): folder is string => Boolean(folder));
  return [...new Set(names.flatMap((name) => existing.map((folder) => join(folder, name))))];
}
