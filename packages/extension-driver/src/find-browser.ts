import { APT_PACKAGES, canUseApt, installWithApt } from './apt.ts';
import { type Downloads, downloads, expectDownloadHosts } from './download.ts';
import type { BrowserName } from './driver/types.ts';
import { type Environment, machine } from './environment.ts';
import { installedCandidates } from './installed.ts';
import { readVersion } from './version.ts';

/** A browser that can be started. */
export interface FoundBrowser {
  name: BrowserName;
  executablePath: string;
  version: string;
  /** How it was found: `CHROMIUM_PATH`, `installed`, `apt-get`, `downloaded`. */
  source: string;
}

const VARIABLES = { chromium: 'CHROMIUM_PATH', firefox: 'FIREFOX_PATH' };
const TITLES = { chromium: 'Chromium', firefox: 'Firefox' };

/**
 * Finds a browser: named by `CHROMIUM_PATH` or `FIREFOX_PATH`, installed, downloaded before, installed now with apt-get
 * (as root on Debian), or downloaded now into `.cache/browsers`.
 * @throws Error when the variable names no working browser, or when nothing helps; in one line, with the command that
 * mends it.
 */
export async function findBrowser(
  name: BrowserName,
  environment: Environment = machine,
  source: Downloads = downloads,
): Promise<FoundBrowser> {
  const named = environment.variables[VARIABLES[name]];
  if (named) return await expectNamed(name, named, environment);
  const present =
    (await findInstalled(name, environment)) ?? (await findDownloaded(name, environment, source));
  if (present !== undefined) return present;

  const problems: string[] = [];
  for (const obtain of [obtainWithApt, obtainByDownload]) {
    try {
      const found = await obtain(name, environment, source);
      if (found !== undefined) return found;
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(describeMissing(name, environment, problems));
}

/** The browser in one line: `Chromium 156.0.1.2 at /usr/bin/chromium (installed)`. */
export function describeBrowser({ name, version, executablePath, source }: FoundBrowser): string {
  return `${TITLES[name]} ${version} at ${executablePath} (${source})`;
}

async function expectNamed(name: BrowserName, path: string, environment: Environment): Promise<FoundBrowser> {
  const variable = VARIABLES[name];
  const advice = `Point ${variable} at a ${TITLES[name]} executable, or unset it.`;
  if (!(await environment.isExecutable(path))) {
    throw new Error(`${variable} is "${path}", which is not an executable file. ${advice}`);
  }
  try {
    return {
      name,
      executablePath: path,
      version: await readVersion(name, path, environment),
      source: variable,
    };
  } catch (error) {
    throw new Error(`${variable} is "${path}", which does not run (${(error as Error).message}). ${advice}`);
  }
}

async function findInstalled(name: BrowserName, environment: Environment): Promise<FoundBrowser | undefined> {
  for (const executablePath of installedCandidates(name, environment)) {
    if (!(await environment.isExecutable(executablePath))) continue;
    const version = await readVersion(name, executablePath, environment).catch(() => undefined);
    if (version !== undefined) return { name, executablePath, version, source: 'installed' };
  }
  return undefined;
}

async function findDownloaded(
  name: BrowserName,
  environment: Environment,
  source: Downloads,
): Promise<FoundBrowser | undefined> {
  const executablePath = await source.findDownloaded(name, environment.cacheFolder);
  if (executablePath === undefined) return undefined;
  const version = await readVersion(name, executablePath, environment).catch(() => undefined);
  return version === undefined ? undefined : { name, executablePath, version, source: 'downloaded' };
}

async function obtainWithApt(name: BrowserName, environment: Environment): Promise<FoundBrowser | undefined> {
  if (!(await canUseApt(environment))) return undefined;
  await installWithApt(name, environment);
  const found = await findInstalled(name, environment);
  if (found === undefined) throw new Error(`the package ${APT_PACKAGES[name]} brought no executable`);
  return { ...found, source: 'apt-get' };
}

async function obtainByDownload(
  name: BrowserName,
  environment: Environment,
  source: Downloads,
): Promise<FoundBrowser> {
  await expectDownloadHosts(name, environment);
  environment.report(`Downloading ${TITLES[name]} into ${environment.cacheFolder} …`);
  const executablePath = await source.download(name, environment.cacheFolder);
  const version = await readVersion(name, executablePath, environment);
  return { name, executablePath, version, source: 'downloaded' };
}

function describeMissing(name: BrowserName, { platform }: Environment, problems: string[]): string {
  const tried = problems.map((problem) => problem.replace(/\s+/g, ' ')).join('; ');
  const install: Partial<Record<NodeJS.Platform, string>> = {
    linux: `sudo apt-get install ${APT_PACKAGES[name]}`,
    darwin: `brew install --cask ${name}`,
    win32: `winget install ${name === 'firefox' ? 'Mozilla.Firefox' : 'Google.Chrome'}`,
  };
  const command = install[platform] ?? install.linux;
  return `No ${TITLES[name]} found (${tried}). Run: ${command} — or name yours: ${VARIABLES[name]}=/path`;
}
