import { fileURLToPath } from 'node:url';
import type { ExtensionBrowser } from 'extension-driver';
import { describe, expect, inject } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { ERROR_SENTENCES } from '../../../src/messages/message-error.ts';
import { decodeJwt } from '../../../src/shared/jwt.ts';
import type { Outcome } from '../../support/hostile/content-script.ts';
import { hostileFrame } from '../../support/hostile/frames.ts';
import { signIn } from '../fixtures.ts';
import { apiOf, askFromPage, extensionIdOf, pageOf, test } from './fixtures.ts';

byTurns(0);

const HOSTILE_EXTENSION = fileURLToPath(new URL('../../support/hostile/extension', import.meta.url));

/** Every message there is, where its options decide in several forms, and one that there is not. */
const MESSAGES = {
  'get-user': { type: 'get-user' },
  subscribe: { type: 'subscribe' },
  'get-token': { type: 'get-token' },
  'get-token notes': { type: 'get-token', template: 'notes' },
  'get-token other': { type: 'get-token', template: 'other' },
  'get-token fresh': { type: 'get-token', skipCache: true },
  'fetch-api': { type: 'fetch-api', method: 'GET', url: apiOf('/me') },
  'fetch-api elsewhere': { type: 'fetch-api', method: 'GET', url: pageOf('ungranted', '/stolen') },
  'session-changed': { type: 'session-changed' },
  'no-such-message': { type: 'no-such-message' },
  'sign-out': { type: 'sign-out' },
};

type MessageName = keyof typeof MESSAGES;
/** What came of each message, in a word. */
type Row = Record<MessageName, string>;

function everything(outcome: string): Row {
  const names = Object.keys(MESSAGES) as MessageName[];
  return Object.fromEntries(names.map((name) => [name, outcome])) as Row;
}

const OWN_PAGE: Row = {
  'get-user': 'the person in full',
  // Our own pages follow the published state themselves.
  subscribe: 'forbidden',
  'get-token': 'session token',
  'get-token notes': 'token of notes',
  'get-token other': 'token of other',
  'get-token fresh': 'session token',
  'fetch-api': '200',
  'fetch-api elsewhere': 'api-refused',
  'session-changed': 'the person in full',
  'no-such-message': 'bad-request',
  'sign-out': 'null',
};

const SITE: Row = {
  ...everything('forbidden'),
  'get-user': 'name and picture',
  subscribe: 'the public state',
  'fetch-api': '200',
  'fetch-api elsewhere': 'api-refused',
};

/** Who gets what: the whole of it. */
const TABLE = {
  'own page in a tab': OWN_PAGE,
  popup: OWN_PAGE,
  panel: OWN_PAGE,
  'content script, granted site': SITE,
  'content script, site with tokens': {
    ...SITE,
    'get-token': 'session token',
    'get-token fresh': 'bad-request',
  },
  'content script, site with tokens of one template': {
    ...SITE,
    'get-token': 'token of notes',
    'get-token notes': 'token of notes',
    'get-token fresh': 'bad-request',
  },
  'content script, site with tokens, on another port': SITE,
  'content script, site that was not granted': everything('forbidden'),
  'content script, sub-frame of its own origin': everything('forbidden'),
  'content script, sub-frame of another origin': everything('forbidden'),
  'content script, site with tokens framed by another': everything('forbidden'),
  'content script, about:blank frame': everything('forbidden'),
  'content script, srcdoc frame': everything('forbidden'),
  'content script, sandboxed frame': everything('forbidden'),
  'content script, sandboxed srcdoc frame': everything('forbidden'),
  'page of another extension': everything('no receiver'),
  'script of a granted web page': everything('no way to ask'),
};

type Asker = (messages: unknown[]) => Promise<Outcome[]>;

/** One asker for each row. */
async function openAskers(
  browser: ExtensionBrowser,
  extensionPath: string,
): Promise<Record<keyof typeof TABLE, Asker>> {
  const inPage = async (open: Promise<Parameters<typeof askFromPage>[0]>, extensionId?: string) => {
    const page = await open;
    return (messages: unknown[]) => askFromPage(page, messages, extensionId);
  };
  const inFrame = async (address: string, frameName: string | null = null) => {
    const frame = await hostileFrame(await browser.openWebPage(address), frameName);
    return (messages: unknown[]) => frame.ask(...messages);
  };
  const framed = `/frame?of=${encodeURIComponent(pageOf('token'))}`;
  const other = await browser.installBeside(HOSTILE_EXTENSION);
  const popup = await browser.openPopup();
  await popup.click({ role: 'button', name: 'Open side panel' });
  const panel = browser.waitForSurface('panel', 'sidepanel.html');
  return {
    'own page in a tab': await inPage(browser.openPage('own-page.html')),
    'content script, granted site': await inFrame(pageOf('granted')),
    'content script, site with tokens': await inFrame(pageOf('token')),
    'content script, site with tokens of one template': await inFrame(pageOf('template')),
    'content script, site with tokens, on another port': await inFrame(
      pageOf('token', '/', inject('sites').otherPort),
    ),
    'content script, site that was not granted': await inFrame(pageOf('ungranted')),
    'content script, sub-frame of its own origin': await inFrame(pageOf('token', '/frames'), 'same'),
    'content script, sub-frame of another origin': await inFrame(pageOf('token', '/frames'), 'cross'),
    'content script, site with tokens framed by another': await inFrame(
      pageOf('ungranted', framed),
      'framed',
    ),
    'content script, about:blank frame': await inFrame(pageOf('token', '/frames'), 'blank'),
    'content script, srcdoc frame': await inFrame(pageOf('token', '/frames'), 'srcdoc'),
    'content script, sandboxed frame': await inFrame(pageOf('token', '/frames'), 'sandboxed'),
    'content script, sandboxed srcdoc frame': await inFrame(pageOf('token', '/frames'), 'sandboxed-srcdoc'),
    'page of another extension': await inPage(
      browser.openWebPage(`${other}/asker.html`),
      extensionIdOf(browser, extensionPath),
    ),
    'script of a granted web page': await inPage(
      browser.openWebPage(pageOf('granted')),
      extensionIdOf(browser, extensionPath),
    ),
    panel: await inPage(panel),
    // Last: a popup closes when a tab is opened.
    popup: await inPage(browser.openPopup()),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: it reads into values of many shapes.
type Value = any;

/** What came of a message, in a word. What is no known answer is told in full. */
function nameOf(outcome: Outcome): string {
  if ('failure' in outcome) {
    if (outcome.failure.includes('Receiving end does not exist')) return 'no receiver';
    return outcome.failure.includes('no runtime.sendMessage') ? 'no way to ask' : outcome.failure;
  }
  const reply = outcome.reply as Value;
  if (reply?.ok === false) return reply.error.code;
  const value = reply?.value;
  if (value === null || typeof value === 'boolean') return String(value);
  const keys = Object.keys(value ?? {})
    .sort()
    .join();
  if (keys === 'expiresAt,token') {
    const { template } = decodeJwt(value.token);
    return template ? `token of ${template}` : 'session token';
  }
  if (keys === 'firstName,imageUrl,lastName') return 'name and picture';
  if (keys === 'isSignedIn,user' && Object.keys(value.user).sort().join() === 'firstName,imageUrl,lastName')
    return 'the public state';
  if (keys.includes('emailAddress') && keys.includes('userId')) return 'the person in full';
  return keys === 'body,headers,status' ? String(value.status) : JSON.stringify(outcome);
}

describe('who gets what', () => {
  test('is this table, cell by cell', async ({ browser, extensionPath, control, instance, sites }) => {
    await control.createTemplate({ name: 'notes', claims: { template: 'notes' } });
    await control.createTemplate({ name: 'other', claims: { template: 'other' } });
    await (await signIn(browser, instance)).close();
    const askers = Object.entries(await openAskers(browser, extensionPath));
    const { 'sign-out': signOut, ...others } = MESSAGES;

    const outcomes: Record<string, Outcome[]> = {};
    for (const [who, ask] of askers) outcomes[who] = await ask(Object.values(others));
    const [ours, theirs] = [askers.filter(isOwnPage), askers.filter((asker) => !isOwnPage(asker))];
    for (const [who, ask] of theirs) outcomes[who]?.push(...(await ask([signOut])));
    expect(await control.listSessions()).toMatchObject([{ status: 'active' }]);
    for (const [who, ask] of ours) outcomes[who]?.push(...(await ask([signOut])));

    const seen = Object.entries(outcomes).map(([who, row]) => {
      const cells = Object.keys({ ...others, 'sign-out': signOut }).map((name, index) => [
        name,
        nameOf(row[index] as Outcome),
      ]);
      return [who, Object.fromEntries(cells)];
    });
    expect(Object.fromEntries(seen)).toEqual(TABLE);

    const asked = [...Object.values(others), signOut] as { type: string }[];
    const refused = Object.values(outcomes).flatMap((row) =>
      row.map((outcome, index) => ({ outcome, asked: asked[index] })),
    );
    const forbidden = refused.filter(({ outcome }) => nameOf(outcome) === 'forbidden');
    const body = { code: 'forbidden', message: ERROR_SENTENCES.forbidden };
    // Of a request to the API it is said to everybody that it was not made.
    const refusal = (type?: string) => ({
      reply: { ok: false, error: type === 'fetch-api' ? { ...body, sent: 'no' } : body },
    });
    expect(
      forbidden.map(({ outcome }) => outcome),
      'a refusal says nothing about its reason',
    ).toEqual(forbidden.map(({ asked }) => refusal(asked?.type)));
    const elsewhere = (await sites.requests()).filter(({ address }) => address.includes('/stolen'));
    expect(elsewhere, 'no call to an origin that is not configured').toEqual([]);
  });
});

function isOwnPage([who]: [string, Asker]): boolean {
  return TABLE[who as keyof typeof TABLE] === OWN_PAGE;
}
