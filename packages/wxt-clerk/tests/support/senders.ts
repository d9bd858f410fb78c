import type { OwnExtension, Sender } from '../../src/messages/sender-policy';
import type { AccessConfig } from '../../src/shared/access-config';

export const OWN: OwnExtension = { id: 'own-id', origin: 'chrome-extension://own-id' };

const SITE = 'https://site.example';
const TOKEN_SITE = 'https://token.example';
const TEMPLATE_SITE = 'https://template.example:8443';
const UNLISTED_SITE = 'https://unlisted.example';

/** An access configuration with one site of every kind. */
export const ACCESS: AccessConfig = {
  contentScript: {
    matches: [`${SITE}/app/*`, `${TOKEN_SITE}/*`, 'https://template.example/*', 'http://localhost/*'],
  },
  tokens: [{ origin: TOKEN_SITE }, { origin: TEMPLATE_SITE, template: 'api' }],
  apiOrigins: ['https://api.example'],
};

const tab = { id: 7 };
const contentScript = (origin: string): Sender => ({ id: OWN.id, origin, frameId: 0, tab });

/** One builder for every shape of sender that was measured in Chromium 156 and Firefox 153. */
export const senders = {
  popup: (): Sender => ({ id: OWN.id, origin: OWN.origin }),
  sidePanel: (): Sender => ({ id: OWN.id, origin: OWN.origin }),
  ownPageInTab: (): Sender => ({ id: OWN.id, origin: OWN.origin, frameId: 0, tab }),
  ownPageFramedBySite: (): Sender => ({ id: OWN.id, origin: OWN.origin, frameId: 9, tab }),
  // Firefox's frame ids do not fit 32 bits.
  ownPageFramedInFirefox: (): Sender => ({ id: OWN.id, origin: OWN.origin, frameId: 15_032_385_541, tab }),
  contentScript: (): Sender => contentScript(SITE),
  contentScriptOnLoopback: (): Sender => contentScript('http://localhost:5173'),
  contentScriptOnTokenSite: (): Sender => contentScript(TOKEN_SITE),
  contentScriptOnTemplateSite: (): Sender => contentScript(TEMPLATE_SITE),
  // A granted host on a port that was not opted in is a site, and no more.
  contentScriptOnTemplateSitesOtherPort: (): Sender => contentScript('https://template.example'),
  contentScriptOnTokenSiteOverHttp: (): Sender => contentScript('http://token.example'),
  contentScriptOnUnlistedSite: (): Sender => contentScript(UNLISTED_SITE),
  contentScriptOnSubdomain: (): Sender => contentScript('https://evil.site.example'),
  contentScriptOnLookalike: (): Sender => contentScript('https://site.example.evil.example'),
  contentScriptInSubFrame: (): Sender => ({ id: OWN.id, origin: SITE, frameId: 3, tab }),
  contentScriptInSubFrameOfTokenSite: (): Sender => ({ id: OWN.id, origin: TOKEN_SITE, frameId: 3, tab }),
  // These two have the origin of whoever made them, be it the site or its guest.
  aboutBlankFrame: (): Sender => ({ id: OWN.id, origin: TOKEN_SITE, frameId: 4, tab }),
  srcdocFrame: (): Sender => ({ id: OWN.id, origin: TOKEN_SITE, frameId: 5, tab }),
  contentScriptWithoutFrameId: (): Sender => ({ id: OWN.id, origin: SITE, tab }),
  sandboxedFrame: (): Sender => ({ id: OWN.id, origin: 'null', frameId: 3, tab }),
  sandboxedTopFrame: (): Sender => contentScript('null'),
  fileInTab: (): Sender => contentScript('file://'),
  otherExtension: (): Sender => ({ id: 'other-id', origin: 'chrome-extension://other-id' }),
  otherExtensionClaimingOurOrigin: (): Sender => ({ id: 'other-id', origin: OWN.origin }),
  otherExtensionsContentScript: (): Sender => ({ id: 'other-id', origin: TOKEN_SITE, frameId: 0, tab }),
  siteWithOurOriginAsPrefix: (): Sender => ({ id: OWN.id, origin: `${OWN.origin}.evil.example` }),
  withoutOrigin: (): Sender => ({ id: OWN.id }),
  withoutId: (): Sender => ({ origin: OWN.origin }),
  withoutAnything: (): Sender => ({}),
} as const;
