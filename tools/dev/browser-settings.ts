import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from 'clerk-emulator';
import type { FoundBrowser } from 'extension-driver';
import type { WebExtConfig } from 'wxt';

/** How WXT is to open a browser in development mode, and what has to be cleaned up afterwards. */
export interface DevelopmentBrowser {
  webExt: WebExtConfig;
  dispose(): Promise<void>;
}

/** Settings that open the found browser and, with the local Frontend API, make it accept that one's certificate. */
export async function developmentBrowser(
  { name, executablePath }: FoundBrowser,
  emulator: Emulator | null,
): Promise<DevelopmentBrowser> {
  const isRoot = process.getuid?.() === 0;
  if (name === 'chromium') {
    const certificateFlags = emulator ? ['--ignore-certificate-errors'] : [];
    const chromiumArgs = [...(isRoot ? ['--no-sandbox'] : []), ...certificateFlags];
    return { webExt: { binaries: { chrome: executablePath }, chromiumArgs }, dispose: async () => {} };
  }
  const webExt: WebExtConfig = { binaries: { firefox: executablePath } };
  if (!emulator) return { webExt, dispose: async () => {} };
  const profile = await createProfile(emulator);
  return {
    webExt: { ...webExt, firefoxProfile: profile },
    dispose: () => rm(profile, { recursive: true, force: true }),
  };
}

// Firefox has no flag for it. web-ext starts from a copy of this profile.
async function createProfile({ certificate, port }: Emulator): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firefox-development-'));
  const { fingerprint256 } = new X509Certificate(certificate);
  const sha256 = 'OID.2.16.840.1.101.3.4.2.1';
  await writeFile(
    join(folder, 'cert_override.txt'),
    `clerk.localhost:${port}:\t${sha256}\t${fingerprint256}\t\n`,
  );
  return folder;
}
