import type { PublishableKey } from 'wxt-clerk/build';
import { STRIP_ORIGIN_PERMISSION, STRIP_ORIGIN_VARIABLE } from 'wxt-clerk/build';
import { buildCommand, type ExtensionBuild } from './builds.ts';
import type { Finding } from './finding.ts';

/** What switches it on for the builds of one browser. */
export function switchOn(browser: 'chrome' | 'firefox'): string {
  return `${STRIP_ORIGIN_VARIABLE}=true in .env.${browser}, then ${buildCommand(browser)}`;
}

/** What was seen where it is on and the instance takes the requests. */
export const STRIPPED = `taken off (${STRIP_ORIGIN_VARIABLE}), so tokens have no azp claim; that is accepted`;

/** Is `Origin` taken off the requests? The switch is about native ones, and a development instance knows none. */
export function isStripped(isSwitchedOn: boolean, { instanceType }: PublishableKey): boolean {
  return isSwitchedOn && instanceType === 'production';
}

/** A build that was made before the switch was turned; `null` when it was not. */
export function findStaleBuild(
  check: string,
  isSwitchedOn: boolean,
  key: PublishableKey,
  build: ExtensionBuild | undefined,
): Finding | null {
  const wanted = isStripped(isSwitchedOn, key);
  if (!build || key.instanceType !== 'production') return null;
  const isBuiltIn = build.permissions.includes(STRIP_ORIGIN_PERMISSION);
  if (isBuiltIn === wanted) return null;
  const [is, was] = wanted ? ['on', 'off'] : ['off', 'on'];
  const seen = `${STRIP_ORIGIN_VARIABLE} is ${is}, and ${build.name} was built with it ${was}`;
  return { check, status: 'failed', seen, mend: buildCommand(build.browser) };
}
