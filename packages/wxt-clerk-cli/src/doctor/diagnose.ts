import type { BuildEnvironment } from 'wxt-clerk/build';
import { readBuilds } from './builds.ts';
import { checkBuilds } from './check-builds.ts';
import { checkChromeOrigins, findExtensionIds } from './check-chrome-origin.ts';
import { checkFirefoxOrigin } from './check-firefox-origin.ts';
import { checkClock, checkFrontendApi, checkNativeApi } from './check-frontend-api.ts';
import { checkInstance } from './check-instance.ts';
import { checkKey } from './check-key.ts';
import { checkOptions } from './check-options.ts';
import { checkSingleSignOn } from './check-single-sign-on.ts';
import type { Finding } from './finding.ts';
import { createProbe } from './probe.ts';

export interface DoctorOptions extends Pick<BuildEnvironment, 'root' | 'environment'> {
  /** The browser whose `.env` files give the publishable key. */
  browser: 'chrome' | 'firefox';
  /** Id of the published extension in Chrome, if there is one. */
  publishedId?: string | undefined;
}

/** Looks for every reason why a sign-in may not work, from the key to the instance's settings. Changes nothing that stays. */
export async function diagnose({ browser, publishedId, ...place }: DoctorOptions): Promise<Finding[]> {
  const environmentOf = (name: string): BuildEnvironment => ({ ...place, browser: name, mode: 'production' });
  const { finding: keyFinding, key } = checkKey(environmentOf(browser));
  if (!key) return [keyFinding, skipped('Everything else', 'it needs the key')];

  const builds = readBuilds(place.root);
  const { findings, options } = checkOptions(environmentOf);
  const local = [keyFinding, ...findings, ...checkBuilds(builds, key)];
  const probe = createProbe(key.frontendApi);
  const { finding: reached, answer } = await checkFrontendApi(probe, key);
  if (!answer) return [...local, reached, skipped('The instance', 'it cannot be asked')];

  const instance = [
    ...local,
    reached,
    checkClock(answer),
    ...checkInstance(answer),
    ...(await asking('Native API', async () => [await checkNativeApi(probe, answer)])),
    ...(await asking('Single sign-on', () => checkSingleSignOn(probe, key, answer, builds))),
  ];
  if (findings.length > 0) return [...instance, skipped('Origins', 'they need the variables')];

  const ids = findExtensionIds(options, builds, publishedId);
  const firefox = builds.find((build) => build.browser === 'firefox');
  return [
    ...instance,
    ...(await asking('Chrome origin', () => checkChromeOrigins(probe, key, options, { builds, ids }))),
    ...(await asking('Firefox origin', async () => [await checkFirefoxOrigin(probe, key, options, firefox)])),
  ];
}

/** A network that breaks in between is a finding as well. */
async function asking(check: string, run: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await run();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
    const seen = `the Frontend API did not answer this time (${code})`;
    return [{ check, status: 'failed', seen, mend: 'npx --no-install wxt-clerk doctor, once more' }];
  }
}

function skipped(check: string, seen: string): Finding {
  return { check, status: 'skipped', seen };
}
