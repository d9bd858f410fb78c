// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import type { Downloads } from '../src/download.ts';
import type { CommandResult, Environment } from '../src/environment.ts';
import { describeBrowser, findBrowser } from '../src/find-browser.ts';

const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n';
const UBUNTU = 'ID=ubuntu\nID_LIKE=debian\n';
const FEDORA = 'ID=fedora\n';
const CHROMIUM_OUTPUT = 'Chromium 156.0.8078.79 built on Debian GNU/Linux 12\n';
const ok = (stdout: string): CommandResult => ({ code: 0, stdout, stderr: '' });
const failed = (stderr: string): CommandResult => ({ code: 1, stdout: '', stderr });

interface Machine extends Partial<Omit<Environment, 'run' | 'isExecutable'>> {
  /** What each executable prints for `--version`. */
  executables?: Record<string, CommandResult>;
  release?: string;
  apt?: (args: string[], executables: Record<string, CommandResult>) => CommandResult;
}

function machineWith({ executables = {}, release = FEDORA, apt, ...rest }: Machine = {}) {
  const commands: string[] = [];
  const reported: string[] = [];
  const environment: Environment = {
    variables: { PATH: '/usr/bin' },
    platform: 'linux',
    userId: 1000,
    cacheFolder: '/project/.cache/browsers',
    isExecutable: async (path) => path in executables,
    readText: async () => release,
    listFolder: async () => [],
    run: async (command, args) => {
      commands.push([command, ...args].join(' '));
      if (command === 'apt-get') return apt?.(args, executables) ?? failed('no apt-get here');
      return executables[command] ?? failed('not found');
    },
    probe: async () => {},
    report: (line) => reported.push(line),
    ...rest,
  };
  return { environment, commands, reported };
}

const noDownloads: Downloads = {
  findDownloaded: async () => undefined,
  download: async () => {
    throw new Error('server returned code 404');
  },
};

describe('a browser named by the environment', () => {
  it('wins over installed ones', async () => {
    const { environment } = machineWith({
      variables: { CHROMIUM_PATH: '/my/chrome', PATH: '/usr/bin' },
      executables: { '/my/chrome': ok('Google Chrome 150.0.1.2'), '/usr/bin/chromium': ok(CHROMIUM_OUTPUT) },
    });
    expect(await findBrowser('chromium', environment, noDownloads)).toEqual({
      name: 'chromium',
      executablePath: '/my/chrome',
      version: '150.0.1.2',
      source: 'CHROMIUM_PATH',
    });
  });

  it('is an error when the file is missing, not a silent fallback', async () => {
    const { environment } = machineWith({
      variables: { FIREFOX_PATH: '/gone/firefox', PATH: '/usr/bin' },
      executables: { '/usr/bin/firefox': ok('Mozilla Firefox 153.0') },
    });
    await expect(findBrowser('firefox', environment, noDownloads)).rejects.toThrow(
      'FIREFOX_PATH is "/gone/firefox", which is not an executable file.',
    );
  });

  it('is an error when the file does not run', async () => {
    const { environment } = machineWith({
      variables: { CHROMIUM_PATH: '/my/chrome' },
      executables: { '/my/chrome': failed('error while loading shared libraries: libnss3.so') },
    });
    await expect(findBrowser('chromium', environment, noDownloads)).rejects.toThrow(
      /CHROMIUM_PATH is "\/my\/chrome", which does not run \(.*libnss3\.so\)/,
    );
  });
});

describe('a variable that names another program', () => {
  it.each([
    ['chromium', 'CHROMIUM_PATH', 'Mozilla Firefox 153.0'],
    ['firefox', 'FIREFOX_PATH', 'true (GNU coreutils) 9.1'],
  ] as const)('is an error for %s', async (name, variable, output) => {
    const { environment } = machineWith({
      variables: { [variable]: '/my/program' },
      executables: { '/my/program': ok(output) },
    });
    await expect(findBrowser(name, environment, noDownloads)).rejects.toThrow(output);
  });
});

describe('an installed browser', () => {
  it.each([
    [
      'Chromium before Chrome',
      'chromium',
      ['/usr/bin/google-chrome', '/usr/bin/chromium'],
      '/usr/bin/chromium',
    ],
    ['Chrome where there is no Chromium', 'chromium', ['/usr/bin/google-chrome'], '/usr/bin/google-chrome'],
    [
      'Edge and Brave',
      'chromium',
      ['/usr/bin/brave-browser', '/usr/bin/microsoft-edge'],
      '/usr/bin/microsoft-edge',
    ],
    ['Firefox ESR first', 'firefox', ['/usr/bin/firefox', '/usr/bin/firefox-esr'], '/usr/bin/firefox-esr'],
    ['Firefox Nightly', 'firefox', ['/usr/bin/firefox-nightly'], '/usr/bin/firefox-nightly'],
  ] as const)('%s', async (_title, name, paths, expected) => {
    const executables = Object.fromEntries(
      paths.map((path) => [
        path,
        ok(name === 'firefox' ? 'Mozilla Firefox 156.0.1' : 'Google Chrome 156.0.1.2'),
      ]),
    );
    const { environment } = machineWith({ executables });
    const found = await findBrowser(name, environment, noDownloads);
    expect(found).toMatchObject({ executablePath: expected, source: 'installed' });
  });

  it('is skipped when it is only a stub that names a snap', async () => {
    const { environment } = machineWith({
      executables: {
        '/usr/bin/chromium-browser': failed('requires the chromium snap to be installed'),
        '/usr/bin/google-chrome': ok('Google Chrome 156.0.1.2'),
      },
    });
    const found = await findBrowser('chromium', environment, noDownloads);
    expect(found.executablePath).toBe('/usr/bin/google-chrome');
  });

  it('is found in the applications folder of a Mac', async () => {
    const path = '/Users/ann/Applications/Firefox.app/Contents/MacOS/firefox';
    const { environment } = machineWith({
      platform: 'darwin',
      variables: { HOME: '/Users/ann' },
      executables: { [path]: ok('Mozilla Firefox 153.7.0esr') },
    });
    const found = await findBrowser('firefox', environment, noDownloads);
    expect(found).toMatchObject({ executablePath: path, version: '153.7.0esr' });
  });

  it('is found on Windows, and its version without starting it', async () => {
    const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    const firefox = 'C:\\Program Files\\Mozilla Firefox\\firefox.exe';
    const { environment, commands } = machineWith({
      platform: 'win32',
      userId: undefined,
      variables: { PROGRAMFILES: 'C:\\Program Files' },
      executables: { [chrome]: ok(''), [firefox]: ok('') },
      listFolder: async () => ['156.0.8078.79', 'chrome.exe'],
      readText: async () => '[App]\r\nName=Firefox\r\nVersion=153.7.0\r\n',
    });
    expect((await findBrowser('chromium', environment, noDownloads)).version).toBe('156.0.8078.79');
    expect((await findBrowser('firefox', environment, noDownloads)).version).toBe('153.7.0');
    expect(commands).toEqual([]);
  });
});

describe('a browser that was downloaded before', () => {
  it('is used before anything is installed', async () => {
    const { environment } = machineWith({ executables: { '/cache/chrome': ok('Google Chrome 156.0.1.2') } });
    const source = { ...noDownloads, findDownloaded: async () => '/cache/chrome' };
    const found = await findBrowser('chromium', environment, source);
    expect(found).toMatchObject({ executablePath: '/cache/chrome', source: 'downloaded' });
  });
});

describe('apt-get', () => {
  const installsChromium = (args: string[], executables: Record<string, CommandResult>) => {
    if (args[0] === 'install') executables['/usr/bin/chromium'] = ok(CHROMIUM_OUTPUT);
    return ok('');
  };

  it.each([
    ['Debian', DEBIAN],
    ['Ubuntu', UBUNTU],
  ])('installs the package for root on %s', async (_name, release) => {
    const { environment, commands, reported } = machineWith({ userId: 0, release, apt: installsChromium });
    const found = await findBrowser('chromium', environment, noDownloads);
    expect(found).toMatchObject({ executablePath: '/usr/bin/chromium', source: 'apt-get' });
    expect(commands.slice(0, 2)).toEqual([
      'apt-get update',
      'apt-get install -y --no-install-recommends chromium',
    ]);
    expect(reported).toHaveLength(1);
  });

  it.each([
    ['anybody but root', { userId: 1000, release: DEBIAN }],
    ['root on Fedora', { userId: 0, release: FEDORA }],
    ['root on a Mac', { userId: 0, release: DEBIAN, platform: 'darwin' as const }],
  ])('is not tried for %s', async (_who, machine) => {
    const { environment, commands } = machineWith({ ...machine, apt: installsChromium });
    await expect(findBrowser('chromium', environment, noDownloads)).rejects.toThrow('No Chromium found');
    expect(commands).toEqual([]);
  });

  it('gives way to the download when the package is only a stub', async () => {
    const executables = { '/cache/chrome': ok('Google Chrome 156.0.1.2') };
    const { environment } = machineWith({ userId: 0, release: UBUNTU, executables, apt: () => ok('') });
    const source = { ...noDownloads, download: async () => '/cache/chrome' };
    expect((await findBrowser('chromium', environment, source)).source).toBe('downloaded');
  });
});

describe('the download', () => {
  it('goes into the cache folder', async () => {
    const { environment } = machineWith({
      executables: { '/cache/firefox': ok('Mozilla Firefox 153.7.0esr') },
    });
    const download = vi.fn(async () => '/cache/firefox');
    const found = await findBrowser('firefox', environment, { ...noDownloads, download });
    expect(found).toMatchObject({ version: '153.7.0esr', source: 'downloaded' });
    expect(download).toHaveBeenCalledWith('firefox', '/project/.cache/browsers');
  });

  it('is not started when a host does not answer', async () => {
    const probe = vi.fn(async () => {
      throw Object.assign(new Error('The operation was aborted due to timeout'), { name: 'TimeoutError' });
    });
    const { environment } = machineWith({ probe });
    const download = vi.fn();
    const search = findBrowser('chromium', environment, { ...noDownloads, download });
    await expect(search).rejects.toThrow(/cannot reach https:\S+ \(no answer within 10 s\)/);
    expect(probe).toHaveBeenCalledWith(expect.any(String), 10_000);
    expect(download).not.toHaveBeenCalled();
  });
});

describe('the error when nothing helps', () => {
  it('is one line that says what was tried and what mends it', async () => {
    const { environment } = machineWith({
      userId: 0,
      release: DEBIAN,
      apt: () => failed('E: Unable to fetch\nE: more'),
    });
    const error = await findBrowser('firefox', environment, noDownloads).catch((reason) => reason);
    expect(error.message).toBe(
      'No Firefox found (apt-get update ended with code 1: E: Unable to fetch; server returned code 404). ' +
        'Run: sudo apt-get install firefox-esr — or name yours: FIREFOX_PATH=/path',
    );
  });

  it.each([
    ['darwin', 'brew install --cask chromium'],
    ['win32', 'winget install Google.Chrome'],
  ] as const)('names the command of %s', async (platform, command) => {
    const { environment } = machineWith({ platform });
    await expect(findBrowser('chromium', environment, noDownloads)).rejects.toThrow(command);
  });
});

it('describes a browser in one line', () => {
  const found = {
    name: 'chromium',
    version: '156.0.1.2',
    executablePath: '/usr/bin/chromium',
    source: 'installed',
  } as const;
  expect(describeBrowser(found)).toBe('Chromium 156.0.1.2 at /usr/bin/chromium (installed)');
});
