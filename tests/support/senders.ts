import type { OwnExtension, Sender } from '../../entrypoints/background/sender-policy';

export const OWN: OwnExtension = { id: 'own-id', origin: 'chrome-extension://own-id' };

const SITE = 'https://site.example';

/** One builder for every shape of sender that was measured in Chromium 156 and Firefox 153. */
export const senders = {
  popup: (): Sender => ({ id: OWN.id, origin: OWN.origin }),
  sidePanel: (): Sender => ({ id: OWN.id, origin: OWN.origin }),
  ownPageInTab: (): Sender => ({ id: OWN.id, origin: OWN.origin, frameId: 0 }),
  ownPageFramedBySite: (): Sender => ({ id: OWN.id, origin: OWN.origin, frameId: 9 }),
  // Firefox's frame ids do not fit 32 bits.
  ownPageFramedInFirefox: (): Sender => ({ id: OWN.id, origin: OWN.origin, frameId: 15_032_385_541 }),
  contentScript: (): Sender => ({ id: OWN.id, origin: SITE, frameId: 0 }),
  contentScriptInSubFrame: (): Sender => ({ id: OWN.id, origin: SITE, frameId: 3 }),
  sandboxedFrame: (): Sender => ({ id: OWN.id, origin: 'null', frameId: 3 }),
  otherExtension: (): Sender => ({ id: 'other-id', origin: 'chrome-extension://other-id' }),
  otherExtensionClaimingOurOrigin: (): Sender => ({ id: 'other-id', origin: OWN.origin }),
  siteWithOurOriginAsPrefix: (): Sender => ({ id: OWN.id, origin: `${OWN.origin}.evil.example` }),
  withoutOrigin: (): Sender => ({ id: OWN.id }),
  withoutAnything: (): Sender => ({}),
} as const;
