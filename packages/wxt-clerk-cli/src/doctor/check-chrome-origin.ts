import type { PublishableKey } from 'wxt-clerk/build';
import { allowOriginsCommand } from '../crx/allowed-origins.ts';
import { extensionIdOfFolder, extensionIdOfKey } from '../crx/extension-id.ts';
import { askAsExtension, explainRefusal, type Refusal } from './ask-origin.ts';
import type { ExtensionBuild } from './builds.ts';
import type { BuildOptions } from './check-options.ts';
import type { Finding } from './finding.ts';
import type { Probe } from './probe.ts';
import { findStaleBuild, isStripped, STRIPPED, switchOn } from './strip-origin.ts';

const check = 'Chrome origin';

interface KnownId {
  id: string;
  /** Of which copies of the extension it is the id. */
  of: string;
}

/** The ids that the extension has in Chrome, the one that matters most first. */
export function findExtensionIds(
  { crxPublicKey }: BuildOptions,
  builds: ExtensionBuild[],
  publishedId: string | undefined,
): KnownId[] {
  const chromium = builds.filter(({ browser }) => browser !== 'firefox');
  return [
    ...(publishedId === undefined ? [] : [{ id: publishedId, of: 'published' }]),
    ...(crxPublicKey === null
      ? []
      : [
          {
            id: extensionIdOfKey(Buffer.from(crxPublicKey, 'base64')),
            of: 'development mode and test builds',
          },
        ]),
    ...chromium.map(({ name, folder }) => ({ id: extensionIdOfFolder(folder), of: `${name}, unpacked` })),
  ];
}

/**
 * Is the origin of each id accepted by the instance? Only the first one's refusal is a failure. With the switch none is
 * sent, so that there is one question for all.
 */
export async function checkChromeOrigins(
  probe: Probe,
  key: PublishableKey,
  { stripsOrigin }: BuildOptions,
  { builds, ids }: { builds: ExtensionBuild[]; ids: KnownId[] },
): Promise<Finding[]> {
  const chrome = builds.find(({ browser }) => browser === 'chrome');
  const stale = findStaleBuild(check, stripsOrigin.chrome, key, chrome);
  if (stale) return [stale];
  if (isStripped(stripsOrigin.chrome, key)) return [await checkStripped(probe, key)];
  if (ids.length === 0) {
    const seen = 'there is no id yet: neither a build nor a key for one';
    return [{ check, status: 'skipped', seen, mend: 'npx --no-install wxt-clerk crx-key' }];
  }
  const findings: Finding[] = [];
  for (const { id, of } of ids) {
    const origin = `chrome-extension://${id}`;
    const refusal = await askAsExtension(probe, key, origin);
    const whenRefused = findings.length === 0 ? 'failed' : 'warning';
    findings.push({ check, ...describe(origin, of, refusal, whenRefused) });
  }
  return findings;
}

async function checkStripped(probe: Probe, key: PublishableKey): Promise<Finding> {
  const refusal = await askAsExtension(probe, key, null);
  if (refusal === null) return { check, status: 'ok', seen: STRIPPED };
  const seen = `requests without one are refused: ${explainRefusal(refusal)}`;
  return { check, status: refusal.code === 'native_api_disabled' ? 'skipped' : 'failed', seen };
}

function describe(
  origin: string,
  of: string,
  refusal: Refusal,
  whenRefused: 'failed' | 'warning',
): Omit<Finding, 'check'> {
  const what = `${origin} (${of})`;
  if (refusal === null) return { status: 'ok', seen: `${what} is accepted` };
  if (refusal.code === 'native_api_disabled')
    return { status: 'skipped', seen: `${what} can be asked for when the Native API is on` };
  const list = `${allowOriginsCommand([origin])} (and name the origins that are on the list already)`;
  // Clerk refuses an origin that is on no list in any request: this one is on it.
  const mend = refusal.onlyBesideCredential
    ? `${switchOn('chrome')}. If it is not on the list yet: ${list}`
    : list;
  return { status: whenRefused, seen: `${what} is refused: ${explainRefusal(refusal)}`, mend };
}
