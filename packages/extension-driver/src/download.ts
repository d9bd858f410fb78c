import {
  Browser,
  detectBrowserPlatform,
  getInstalledBrowsers,
  install,
  resolveBuildId,
} from '@puppeteer/browsers';
import type { BrowserName } from './driver/types.ts';
import type { Environment } from './environment.ts';

/** How long a download host may take to answer at all, in milliseconds. The download itself has no deadline. */
const PROBE_MS = 10_000;

/** What is downloaded: Chrome for Testing, and the Firefox that takes extensions without a signature. */
const BUILDS: Record<BrowserName, { browser: Browser; tag: string }> = {
  chromium: { browser: Browser.CHROME, tag: 'stable' },
  firefox: { browser: Browser.FIREFOX, tag: 'esr' },
};

/** The hosts `@puppeteer/browsers` asks: for the newest version, and for the archive. */
const HOSTS: Record<BrowserName, string[]> = {
  chromium: ['https://googlechromelabs.github.io', 'https://storage.googleapis.com'],
  firefox: ['https://product-details.mozilla.org', 'https://archive.mozilla.org'],
};

/** Where browsers come from when none is installed. */
export interface Downloads {
  /** Path of the executable of an earlier download. */
  findDownloaded(name: BrowserName, cacheFolder: string): Promise<string | undefined>;
  /** Downloads the newest build and returns the path of its executable. */
  download(name: BrowserName, cacheFolder: string): Promise<string>;
}

/** Downloads with `@puppeteer/browsers`. */
export const downloads: Downloads = {
  findDownloaded: async (name, cacheDir) => {
    const installed = await getInstalledBrowsers({ cacheDir });
    return installed.find(({ browser }) => browser === BUILDS[name].browser)?.executablePath;
  },
  download: async (name, cacheDir) => {
    const { browser, tag } = BUILDS[name];
    const platform = detectBrowserPlatform();
    if (platform === undefined)
      throw new Error(`there is no build for ${process.platform} on ${process.arch}`);
    const buildId = await resolveBuildId(browser, platform, tag);
    return (await install({ browser, buildId, cacheDir, platform })).executablePath;
  },
};

/**
 * Makes sure that the download hosts answer, because the downloader itself waits for ever on a closed network.
 * @throws Error that names the host, after at most 10 s.
 */
export async function expectDownloadHosts(name: BrowserName, environment: Environment): Promise<void> {
  await Promise.all(
    HOSTS[name].map(async (url) => {
      try {
        await environment.probe(url, PROBE_MS);
      } catch (error) {
        throw new Error(`cannot reach ${url} (${reasonOf(error)})`);
      }
    }),
  );
}

/** `fetch` hides what happened in the cause of its error. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return `no answer within ${PROBE_MS / 1000} s`;
  return cause.message || String((cause as { code?: string }).code ?? cause.name);
}
