import type { Passkey } from '../types.ts';
import type { Privileged } from './privileged.ts';

// Every function here runs in Firefox's own window and is sent there as source text: it may use nothing outside itself.
// What Marionette's WebAuthn commands call:
// https://searchfox.org/mozilla-central/source/dom/webauthn/nsIWebAuthnService.idl

/** Adds an authenticator like the one behind a fingerprint sensor, for the whole browser, and gives its id. */
export function addAuthenticator(): string {
  const { Cc, Ci, Services } = globalThis as Privileged;
  // Firefox asks virtual authenticators only in place of real ones.
  Services.prefs.setBoolPref('security.webauth.webauthn_enable_softtoken', true);
  Services.prefs.setBoolPref('security.webauth.webauthn_enable_usbtoken', false);
  const service = Cc['@mozilla.org/webauthn/service;1'].getService(Ci.nsIWebAuthnService);
  const [hasResidentKey, hasUserVerification, isUserConsenting, isUserVerified] = [true, true, true, true];
  return service.addVirtualAuthenticator(
    'ctap2_1',
    'internal',
    hasResidentKey,
    hasUserVerification,
    isUserConsenting,
    isUserVerified,
  );
}

export function listPasskeys(authenticatorId: string): Passkey[] {
  const { Cc, Ci } = globalThis as Privileged;
  const service = Cc['@mozilla.org/webauthn/service;1'].getService(Ci.nsIWebAuthnService);
  return service
    .getCredentials(authenticatorId)
    .map(({ credentialId, rpId }: Privileged) => ({ credentialId, rpId }));
}

export function removeAuthenticator(authenticatorId: string): void {
  const { Cc, Ci } = globalThis as Privileged;
  Cc['@mozilla.org/webauthn/service;1']
    .getService(Ci.nsIWebAuthnService)
    .removeVirtualAuthenticator(authenticatorId);
}
