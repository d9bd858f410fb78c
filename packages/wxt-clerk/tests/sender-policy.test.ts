import { describe, expect, test } from 'vitest';
import { type CoreMessages, coreMessages } from '../src/messages/core-messages';
import { type Audience, audienceOf, partFor, rowOf } from '../src/messages/sender-policy';
import { ACCESS, OWN, senders } from './support/senders';

type SenderName = keyof typeof senders;

const AUDIENCES: Record<SenderName, Audience> = {
  popup: 'own-page',
  sidePanel: 'own-page',
  ownPageInTab: 'own-page',
  ownPageFramedBySite: 'stranger',
  ownPageFramedInFirefox: 'stranger',
  contentScript: 'site',
  contentScriptOnLoopback: 'site',
  contentScriptOnTokenSite: 'token-site',
  contentScriptOnTemplateSite: 'token-site',
  contentScriptOnTemplateSitesOtherPort: 'site',
  contentScriptOnTokenSiteOverHttp: 'stranger',
  contentScriptOnUnlistedSite: 'stranger',
  contentScriptOnSubdomain: 'stranger',
  contentScriptOnLookalike: 'stranger',
  contentScriptInSubFrame: 'stranger',
  contentScriptInSubFrameOfTokenSite: 'stranger',
  aboutBlankFrame: 'stranger',
  srcdocFrame: 'stranger',
  contentScriptWithoutFrameId: 'stranger',
  sandboxedFrame: 'stranger',
  sandboxedTopFrame: 'stranger',
  fileInTab: 'stranger',
  otherExtension: 'stranger',
  otherExtensionClaimingOurOrigin: 'stranger',
  otherExtensionsContentScript: 'stranger',
  siteWithOurOriginAsPrefix: 'stranger',
  withoutOrigin: 'stranger',
  withoutId: 'stranger',
  withoutAnything: 'stranger',
};

// In this order: own page, site, token site, stranger.
const TABLE: Record<keyof CoreMessages, [boolean, boolean, boolean, boolean]> = {
  'get-token': [true, false, true, false],
  'get-user': [true, true, true, false],
  'sign-out': [true, false, false, false],
  'session-changed': [true, false, false, false],
  'get-session': [true, false, false, false],
  'list-sessions': [true, false, false, false],
  'set-active': [true, false, false, false],
  'touch-session': [true, false, false, false],
  'end-session': [true, false, false, false],
  'remove-session': [true, false, false, false],
  'check-authorization': [true, false, false, false],
  'list-organizations': [true, false, false, false],
  'fetch-api': [true, true, true, false],
  subscribe: [false, true, true, false],
};

const mayAsk = (audience: Audience, type: unknown) =>
  partFor(audience, rowOf(coreMessages, type)) !== undefined;
const names = Object.keys(AUDIENCES) as SenderName[];
const types = Object.keys(TABLE) as (keyof CoreMessages)[];
const NOBODY_ACCESS = { contentScript: { matches: [] }, tokens: [], apiOrigins: [] };

describe('who a sender is', () => {
  test.each(names)('%s', (name) => {
    expect(audienceOf(senders[name](), OWN, ACCESS)).toBe(AUDIENCES[name]);
  });

  test.each(names)('%s is our own page or a stranger, as long as the developer names nobody', (name) => {
    const expected = AUDIENCES[name] === 'own-page' ? 'own-page' : 'stranger';
    expect(audienceOf(senders[name](), OWN, NOBODY_ACCESS)).toBe(expected);
  });

  test('a token grant alone makes nobody a site: its content script has to be named, too', () => {
    const access = { ...ACCESS, contentScript: { matches: [] } };
    expect(audienceOf(senders.contentScriptOnTokenSite(), OWN, access)).toBe('stranger');
  });
});

describe('a site that is named only for who is signed in', () => {
  const access = { ...ACCESS, contentScript: { matches: [], status: ['https://*/*'] } };
  const audience = audienceOf(senders.contentScript(), OWN, access);

  test('is told that, and nothing else', () => {
    expect(audience).toBe('status-site');
    expect(types.filter((type) => mayAsk(audience, type))).toEqual(['get-user', 'subscribe']);
  });

  test('gets no token, also where a grant names it', () => {
    expect(audienceOf(senders.contentScriptOnTokenSite(), OWN, access)).toBe('status-site');
  });

  test('is more where it is named as a site, and nobody in a frame or over http', () => {
    expect(
      audienceOf(senders.contentScript(), OWN, {
        ...ACCESS,
        contentScript: { ...ACCESS.contentScript, status: ['https://*/*'] },
      }),
    ).toBe('site');
    expect(audienceOf(senders.contentScriptInSubFrame(), OWN, access)).toBe('stranger');
    expect(audienceOf(senders.contentScriptOnTokenSiteOverHttp(), OWN, access)).toBe('stranger');
  });
});

describe('who may ask what', () => {
  const cells = types.flatMap((type) => names.map((name) => [name, type] as const));
  test.each(cells)('%s, %s', (name, type) => {
    const audience = audienceOf(senders[name](), OWN, ACCESS);
    const column = ['own-page', 'site', 'token-site', 'stranger'].indexOf(AUDIENCES[name]);
    expect(mayAsk(audience, type)).toBe(TABLE[type][column]);
  });

  test('the table has no row that is not tested here', () => {
    expect(Object.keys(coreMessages).sort()).toEqual([...types].sort());
  });

  test.each(['get-secret', 'toString', '__proto__', 'constructor', '', undefined, null, 1, {}, ['get-user']])(
    'nobody may ask %j',
    (type) => {
      for (const audience of ['own-page', 'site', 'token-site', 'stranger'] as const)
        expect(mayAsk(audience, type)).toBe(false);
    },
  );
});
