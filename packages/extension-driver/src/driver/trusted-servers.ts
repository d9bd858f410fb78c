import { createHash, X509Certificate } from 'node:crypto';
import type { TrustedServer } from './types.ts';

/** How Firefox's override file names SHA-256. */
const SHA256_OID = 'OID.2.16.840.1.101.3.4.2.1';
const HTTPS_PORT = 443;

/**
 * Chromium's arguments for servers with certificates of their own: it takes those, known by the hash of their public key,
 * and no others. It obeys only with a profile folder of its own:
 * https://source.chromium.org/chromium/chromium/src/+/main:services/network/public/cpp/network_switches.cc
 */
export function trustArguments(servers: TrustedServer[]): string[] {
  if (servers.length === 0) return [];
  return [`--ignore-certificate-errors-spki-list=${servers.map(publicKeyHash).join()}`];
}

/**
 * Firefox's `cert_override.txt`: the certificate that it takes at each address, and no other. There is no flag for it:
 * https://searchfox.org/mozilla-central/source/security/manager/ssl/nsCertOverrideService.cpp
 */
export function certificateOverrides(servers: TrustedServer[]): string {
  return servers
    .map(({ url, certificate }) => {
      const { hostname, port } = new URL(url);
      const { fingerprint256 } = new X509Certificate(certificate);
      return `${hostname}:${port || HTTPS_PORT}:\t${SHA256_OID}\t${fingerprint256}\t\n`;
    })
    .join('');
}

function publicKeyHash({ certificate }: TrustedServer): string {
  const publicKey = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(publicKey).digest('base64');
}
