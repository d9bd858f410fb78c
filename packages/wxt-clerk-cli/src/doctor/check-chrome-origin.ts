import type { PublishableKey } from 'wxt-clerk/build';
import { allowOriginsCommand } from '../crx/allowed-origins.ts';
import { extensionIdOfFolder, extensionIdOfKey } from '../crx/extension-id.ts';
import { askAsExtension, type Refusal } from './ask-origin.ts';
import type { ExtensionBuild } from './builds.ts';
import type { BuildOptions } from './check-options.ts';
import type { Finding } from './finding.ts';
import type { Probe } from './probe.ts';

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

/** Is the origin of each id accepted by the instance? Only the first one's refusal is a failure. */
export async function checkChromeOrigins(
  probe: Probe,
  key: PublishableKey,
  ids: KnownId[],
): Promise<Finding[]> {
  if (ids.length === 0) {
    const seen = 'there is no id yet: neither a build nor a key for one';
    return [{ check: 'Chrome origin', status: 'skipped', seen, mend: 'npm run crx-key' }];
  }
  const findings: Finding[] = [];
  for (const { id, of } of ids) {
    const origin = `chrome-extension://${id}`;
    const refusal = await askAsExtension(probe, key, origin);
    const isFirst = findings.length === 0;
    findings.push({
      check: 'Chrome origin',
      ...describe(origin, of, refusal, isFirst ? 'failed' : 'warning'),
    });
  }
  return findings;
}

function describe(
  origin: string,
  of: string,
  refusal: Refusal,
  whenRefused: 'failed' | 'warning',
): Omit<Finding, 'check'> {
  const what = `${origin} (${of})`;
  if (refusal === null) return { status: 'ok', seen: `${what} is accepted` };
  if (refusal === 'native_api_disabled')
    return { status: 'skipped', seen: `${what} can be asked for when the Native API is on` };
  const mend = `${allowOriginsCommand([origin])} (and name the origins that are on the list already)`;
  return { status: whenRefused, seen: `${what} is refused: ${explainRefusal(refusal)}`, mend };
}

/** Tells the two rules about origins apart. */
export function explainRefusal(refusal: string): string {
  if (refusal === 'origin_invalid') return 'it is not among the allowed origins (origin_invalid)';
  if (refusal === 'origin_authorization_headers_conflict')
    return 'an origin that is not allowed may not send a credential (origin_authorization_headers_conflict)';
  return refusal;
}
