import { randomUUID } from 'node:crypto';
import type { PublishableKey } from 'wxt-clerk/build';
import { askAsExtension, explainRefusal } from './ask-origin.ts';
import type { ExtensionBuild } from './builds.ts';
import type { BuildOptions } from './check-options.ts';
import type { Finding } from './finding.ts';
import type { Probe } from './probe.ts';
import { findStaleBuild, isStripped, STRIPPED, switchOn } from './strip-origin.ts';

const check = 'Firefox origin';
// The switch is about native requests, and a development instance knows none.
const NO_LIST = 'Use a development instance that has no list of allowed origins';

/** Does the instance accept Firefox, whose origin is new for each install, or requests without one if the switch is on? */
export async function checkFirefoxOrigin(
  probe: Probe,
  key: PublishableKey,
  { stripsOrigin }: BuildOptions,
  firefox: ExtensionBuild | undefined,
): Promise<Finding> {
  const id = firefox?.geckoId ? `, the id ${firefox.geckoId} stays` : '';
  const origin = `moz-extension://<new for each install>${id}`;
  const stale = findStaleBuild(check, stripsOrigin.firefox, key, firefox);
  if (stale) return stale;

  const stripped = isStripped(stripsOrigin.firefox, key);
  const refusal = await askAsExtension(probe, key, stripped ? null : `moz-extension://${randomUUID()}`);
  if (refusal === null)
    return { check, status: 'ok', seen: `${origin}: ${stripped ? STRIPPED : 'it is accepted'}` };
  if (refusal.code === 'native_api_disabled')
    return { check, status: 'skipped', seen: `${origin}: it can be asked for when the Native API is on` };
  const seen = `${origin}: it is refused, and cannot be listed: ${explainRefusal(refusal)}`;
  const mend = key.instanceType === 'production' ? switchOn('firefox') : NO_LIST;
  // Without a build for Firefox nobody waits for it.
  return { check, status: firefox ? 'failed' : 'warning', seen, mend };
}
