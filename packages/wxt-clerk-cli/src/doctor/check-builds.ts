import { frontendApiMatchPattern, type PublishableKey } from 'wxt-clerk/build';
import { buildCommand, type ExtensionBuild } from './builds.ts';
import type { Finding } from './finding.ts';

/** Is each build for the instance of the key, and may it reach that instance's Frontend API? */
export function checkBuilds(builds: ExtensionBuild[], key: PublishableKey): Finding[] {
  if (builds.length === 0) {
    return [
      { check: 'Build', status: 'skipped', seen: 'there is none in .output yet', mend: 'npm run build' },
    ];
  }
  return builds.flatMap((build) => [checkInstance(build, key), checkHostPermission(build, key)]);
}

function checkInstance({ name, browser, key: built }: ExtensionBuild, key: PublishableKey): Finding {
  const check = `Instance of ${name}`;
  if (!built) {
    const seen = 'no publishable key is to be found in its background';
    return { check, status: 'warning', seen, mend: buildCommand(browser) };
  }
  const isSame = built.frontendApi === key.frontendApi && built.instanceType === key.instanceType;
  if (isSame) return { check, status: 'ok', seen: 'the same as of the key' };
  const seen = `it was built for the ${built.instanceType} instance at ${built.frontendApi}`;
  return { check, status: 'failed', seen, mend: buildCommand(browser) };
}

function checkHostPermission(
  { name, browser, hostPermissions }: ExtensionBuild,
  key: PublishableKey,
): Finding {
  const check = `Hosts of ${name}`;
  const wanted = frontendApiMatchPattern(key);
  if (hostPermissions.includes(wanted)) return { check, status: 'ok', seen: `it may reach ${wanted}` };
  const seen = `it may not reach ${wanted}, only ${hostPermissions.join(', ') || 'nothing'}`;
  return { check, status: 'failed', seen, mend: buildCommand(browser) };
}
