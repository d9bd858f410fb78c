import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { listenOnLoopback } from 'clerk-emulator';
import { type AttachedBrowser, attachToExtensionBrowser, type BrowserName } from 'extension-driver';
import { WXT_BROWSER } from 'wxt-clerk-cli/command-line';
import { copyProject } from '../../../../../tools/project-copy.ts';

/** How long the first build and the start of the browser may take on a busy machine, in ms. */
const START_MS = 45_000;

// What a developer may have in this file, too: it lets the tests in.
const WEB_EXT_CONFIG = `import { defineWebExtConfig } from 'wxt';

export default defineWebExtConfig({
  chromiumArgs: ['--remote-debugging-port=0'],
  firefoxArgs: ['--remote-debugging-port=0', '--remote-allow-system-access'],
});
`;

/** `wxt` that runs, and the browser that it has opened. */
export interface Development {
  browser: AttachedBrowser;
  /** What it has printed so far. */
  readOutput(): string;
  /** Ends it as Ctrl+C does. */
  stop(): Promise<void>;
}

/** An extension whose files a test may change, to run `wxt` on. */
export class DevelopmentProject {
  readonly #copy: string;
  readonly #extension: string;
  readonly #browserName: BrowserName;
  readonly #executablePath: string;
  readonly #port: number;

  /**
   * @param extension Folder of its `wxt.config.ts`, from the project's root.
   * @param executablePath Of the browser.
   */
  static async create(
    extension: string,
    browserName: BrowserName,
    executablePath: string,
  ): Promise<DevelopmentProject> {
    const copy = await copyProject('development-');
    const folder = join(copy, extension);
    const project = new DevelopmentProject(copy, folder, browserName, executablePath, await findFreePort());
    // The tsconfig.json of the workspace extends one that it writes.
    await promisify(execFile)(process.execPath, [...project.#wxt, 'prepare'], { cwd: copy });
    await project.write('web-ext.config.ts', WEB_EXT_CONFIG);
    return project;
  }

  constructor(
    copy: string,
    extension: string,
    browserName: BrowserName,
    executablePath: string,
    port: number,
  ) {
    this.#copy = copy;
    this.#extension = extension;
    this.#browserName = browserName;
    this.#executablePath = executablePath;
    this.#port = port;
  }

  /**
   * Runs `wxt` without a key, and waits until the extension is in the browser.
   *
   * @param variables Further ones of its environment.
   * @throws {Error} With all that it printed, when it ends before.
   */
  async start(variables: Record<string, string> = {}): Promise<Development> {
    const process = this.#run(variables);
    try {
      await process.waitForOutput('Opened browser');
      const browser = await attachToExtensionBrowser(this.#browserName, {
        profilePath: this.#pathOf(`.wxt/clerk-development/${this.#target}-profile`),
        extensionPath: this.#pathOf(`.output/${this.#target}-mv${this.#manifestVersion}-dev`),
      });
      return { browser, readOutput: process.readOutput, stop: process.interrupt };
    } catch (error) {
      await process.interrupt();
      throw error;
    }
  }

  /** Runs `wxt` to its end, and gives what it printed. */
  async runToEnd(variables: Record<string, string> = {}): Promise<string> {
    return await this.#run(variables).ended;
  }

  /** @param path From the extension's folder. */
  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(this.#pathOf(path)), { recursive: true });
    await writeFile(this.#pathOf(path), text);
  }

  /** Replaces a text that is in a file. */
  async edit(path: string, from: string, to: string): Promise<void> {
    const text = await readFile(this.#pathOf(path), 'utf8');
    if (!text.includes(from)) throw new Error(`${path} does not have "${from}".`);
    await this.write(path, text.replace(from, to));
  }

  /** The command lines of all programs that still have to do with this project. */
  async listProcesses(): Promise<string[]> {
    const { stdout } = await promisify(execFile)('ps', ['-axo', 'command']);
    return stdout.split('\n').filter((line) => line.includes(this.#copy));
  }

  async remove(): Promise<void> {
    await rm(this.#copy, { recursive: true, force: true, maxRetries: 5 });
  }

  get #target(): string {
    return WXT_BROWSER[this.#browserName];
  }

  // https://github.com/wxt-dev/wxt/issues/1622
  get #manifestVersion(): number {
    return this.#browserName === 'firefox' ? 2 : 3;
  }

  // Not by npx, which passes no signal on.
  get #wxt(): string[] {
    return ['--conditions=clerk-wxt-source', join(this.#copy, 'node_modules/wxt/bin/wxt.mjs')];
  }

  #pathOf(path: string): string {
    return join(this.#extension, path);
  }

  #run(variables: Record<string, string>) {
    const child = spawn(process.execPath, [...this.#wxt, this.#extension, '-b', this.#target], {
      cwd: this.#copy,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        // Of Vitest: WXT prints nothing in a test.
        TEST: '',
        VITEST: '',
        NODE_ENV: 'development',
        WXT_CLERK_PUBLISHABLE_KEY: '',
        CLERK_DEV_HEADLESS: 'true',
        CLERK_DEV_PORT: String(this.#port),
        CHROMIUM_PATH: this.#executablePath,
        FIREFOX_PATH: this.#executablePath,
        ...variables,
      },
    });
    let output = '';
    const ended = once(child, 'close').then(() => output);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        output += data;
        child.emit('printed');
      });
    const waitForOutput = async (text: string) => {
      const signal = AbortSignal.timeout(START_MS);
      while (!output.includes(text)) {
        if (child.exitCode !== null || signal.aborted) throw new Error(`wxt did not start:\n${output}`);
        await Promise.race([once(child, 'printed', { signal }).catch(() => {}), ended]);
      }
    };
    const interrupt = async () => {
      child.kill('SIGINT');
      await ended;
    };
    return { ended, readOutput: () => output, waitForOutput, interrupt };
  }
}

async function findFreePort(): Promise<number> {
  const server = await listenOnLoopback(null, 0);
  await server.close();
  return server.port;
}
