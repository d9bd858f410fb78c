import { randomUUID } from 'node:crypto';
import type { PublishableKey } from 'wxt-clerk/build';
import { STRIP_ORIGIN_VARIABLE } from 'wxt-clerk/build';
import { askAsExtension } from './ask-origin.ts';
import { buildCommand, type ExtensionBuild } from './builds.ts';
import { explainRefusal } from './check-chrome-origin.ts';
import type { BuildOptions } from './check-options.ts';
import type { Finding } from './finding.ts';
import type { Probe } from './probe.ts';

const check = 'Firefox origin';
const SWITCH_ON = `${STRIP_ORIGIN_VARIABLE}=true in .env.firefox, then ${buildCommand('firefox')}`;
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
  const isProduction = key.instanceType === 'production';
  const isStripped = stripsOrigin && isProduction;

  const isBuiltStripped = firefox?.permissions.includes('declarativeNetRequestWithHostAccess') ?? isStripped;
  if (isProduction && isBuiltStripped !== isStripped) {
    const seen = `${STRIP_ORIGIN_VARIABLE} is ${isStripped ? 'on' : 'off'}, and ${firefox?.name} was built with it ${isStripped ? 'off' : 'on'}`;
    return { check, status: 'failed', seen, mend: buildCommand('firefox') };
  }

  const refusal = await askAsExtension(probe, key, isStripped ? null : `moz-extension://${randomUUID()}`);
  if (refusal === 'native_api_disabled')
    return { check, status: 'skipped', seen: `${origin}: it can be asked for when the Native API is on` };
  if (refusal === null) {
    const how = isStripped ? `taken off (${STRIP_ORIGIN_VARIABLE}), so tokens have no azp claim; that` : 'it';
    return { check, status: 'ok', seen: `${origin}: ${how} is accepted` };
  }
  const seen = `${origin}: it is refused, and cannot be listed: ${explainRefusal(refusal)}`;
  // Without a build for Firefox nobody waits for it.
  return { check, status: firefox ? 'failed' : 'warning', seen, mend: isProduction ? SWITCH_ON : NO_LIST };
}
