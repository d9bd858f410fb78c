import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, PERMISSIVE_SETTINGS, startEmulator } from 'clerk-emulator';
import type { FoundBrowser } from 'extension-driver';
import {
  type BrowserName,
  type ExtensionBrowser,
  launchExtensionBrowser,
  type Surface,
} from 'extension-driver';
import { enterPassword } from '../steps/sign-in.ts';
import { buildContestants, buildWithSso, type ContestantName } from './build.ts';
import { type AskPlan, askBackground } from './page-functions.ts';

/** One extension in a browser of its own, signed in where it can be. */
export interface Contestant {
  name: ContestantName;
  /** The built extension. */
  folder: string;
  browser: ExtensionBrowser;
  /** The page of the extension that asks. */
  page: Surface;
  profilePath: string;
}

/** All that a measurement needs. */
export interface Stand {
  emulator: Emulator;
  contestants: Record<ContestantName, Contestant>;
  /** Starts ours, built with single sign-on, in one browser more. Nobody is signed in. */
  withSso(): Promise<Pick<ExtensionBrowser, 'close'> & { browser: ExtensionBrowser; folder: string }>;
  close(): Promise<void>;
}

/** The page that asks: ours has one for it, the alternatives an empty one. */
const PAGES = { ours: 'token-demo.html', echo: 'asker.html', guide: 'asker.html' };
/** All that is in the echo's popup. */
export const PLAIN_POPUP = 'Echo';

const MESSAGE = { type: 'get-token' };
const SIGNED_IN_WITHIN_MS = 15_000;

// A second door beside the driver's pipe, through which the heap is read.
const CHROMIUM_ARGS = ['--remote-debugging-pipe', '--remote-debugging-port=0'];

/** Builds the three extensions, starts a browser for each, and signs in by the form as a person does. */
export async function createStand(
  { name, executablePath }: Pick<FoundBrowser, 'name' | 'executablePath'>,
  report: (line: string) => void,
): Promise<Stand> {
  const emulator = await startEmulator({ settings: PERMISSIVE_SETTINGS });
  const cleanUps: (() => Promise<void>)[] = [() => emulator.close()];
  const close = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  try {
    report('Building ours, the echo and the port of the guide …');
    const folders = await buildContestants(name, emulator.publishableKey);
    const start = async (who: ContestantName): Promise<Contestant> => {
      const profilePath = await mkdtemp(join(tmpdir(), 'bench-'));
      cleanUps.push(() => rm(profilePath, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
      const browser = await launch(name, executablePath, folders[who], profilePath, emulator);
      cleanUps.push(() => browser.close());
      const page = await browser.openPage(PAGES[who]);
      return { name: who, folder: folders[who], browser, page, profilePath };
    };
    report('Starting a browser for each, and signing in …');
    const contestants = { ours: await start('ours'), echo: await start('echo'), guide: await start('guide') };
    await signIn(contestants.ours, emulator);
    await signIn(contestants.guide, emulator);
    const withSso = async () => {
      const folder = await buildWithSso(name, emulator.publishableKey);
      const profilePath = await mkdtemp(join(tmpdir(), 'bench-'));
      cleanUps.push(() => rm(profilePath, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
      const browser = await launch(name, executablePath, folder, profilePath, emulator);
      cleanUps.push(() => browser.close());
      return { browser, folder, close: () => browser.close() };
    };
    return { emulator, contestants, withSso, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function launch(
  name: BrowserName,
  executablePath: string,
  extensionPath: string,
  userDataDir: string,
  emulator: Emulator,
): Promise<ExtensionBrowser> {
  const extraArgs = name === 'chromium' ? CHROMIUM_ARGS : [];
  return launchExtensionBrowser(name, {
    executablePath,
    extensionPath,
    userDataDir,
    extraArgs,
    headless: true,
    trustedServers: [emulator],
    windowSize: { width: 1280, height: 860 },
  });
}

async function signIn({ name, browser, page }: Contestant, { seededUser }: Emulator): Promise<void> {
  const popup = await browser.openPopup();
  await enterPassword(popup, seededUser);
  const deadline = performance.now() + SIGNED_IN_WITHIN_MS;
  while (performance.now() < deadline) {
    const { outcomes } = await page.evaluate(askBackground, planOf({}));
    if (outcomes.token) return popup.close();
  }
  throw new Error(
    `The extension "${name}" gave no token within ${SIGNED_IN_WITHIN_MS / 1000} s of signing in.`,
  );
}

/** One ask of the kind that every contestant answers, where nothing else is said. */
function planOf(plan: Partial<AskPlan>): AskPlan {
  return { message: MESSAGE, samples: 1, inRow: 1, atOnce: 1, ...plan };
}

/**
 * Asks a contestant's background from its page.
 *
 * @param expected The only outcome that counts; by default a token, from the echo its echo.
 * @returns Milliseconds per ask, one for each sample.
 * @throws {Error} When an answer is another one: its time would say nothing.
 */
export async function ask(
  { name, page }: Contestant,
  plan: Partial<AskPlan> = {},
  expected = name === 'echo' ? 'echo' : 'token',
): Promise<number[]> {
  const { times, outcomes } = await page.evaluate(askBackground, planOf(plan));
  const kinds = Object.keys(outcomes);
  if (kinds.length === 1 && kinds[0] === expected) return times;
  throw new Error(
    `"${name}" was to answer ${expected} to every ask; it answered ${JSON.stringify(outcomes)}.`,
  );
}
