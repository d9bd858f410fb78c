import type { BrowserName } from './driver/types.ts';
import type { Environment } from './environment.ts';
import { firstLine } from './version.ts';

/** Debian's package for each browser; on Ubuntu `chromium` is only a stub for a snap. */
export const APT_PACKAGES: Record<BrowserName, string> = { chromium: 'chromium', firefox: 'firefox-esr' };

/** Whether packages can be installed here without asking anybody: root on Debian or a system made from it. */
export async function canUseApt({ platform, userId, readText }: Environment): Promise<boolean> {
  if (platform !== 'linux' || userId !== 0) return false;
  const release = await readText('/etc/os-release').catch(() => '');
  return /^ID(_LIKE)?=.*\bdebian\b/m.test(release);
}

/**
 * Installs the browser's package.
 * @throws Error with apt-get's own words.
 */
export async function installWithApt(name: BrowserName, environment: Environment): Promise<void> {
  const aptPackage = APT_PACKAGES[name];
  environment.report(`Installing ${aptPackage} with apt-get (may take some minutes) …`);
  const steps = [['update'], ['install', '-y', '--no-install-recommends', aptPackage]];
  const variables = { DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of steps) {
    const { code, stderr } = await environment.run('apt-get', args, { variables });
    if (code !== 0)
      throw new Error(`apt-get ${args.join(' ')} ended with code ${code}: ${firstLine(stderr)}`);
  }
}
