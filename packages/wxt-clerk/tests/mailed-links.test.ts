import { beforeEach, describe, expect, test, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ALARMS } from '../src/shared/alarm';
import { readLinkExpiry } from '../src/shared/mailed-link';
import { noteMailedLink, prepareLinkRequest } from '../src/ui/clerk/mailed-links';
import { startAtRoute } from '../src/ui/clerk/route';

const config = vi.hoisted(() => ({ emailLinkPage: '' }));
vi.mock('../src/shared/config', () => config);

const PAGE = 'https://app.example.com/back';
const SIGN_IN = '/v1/client/sign_ins/sia_1/prepare_first_factor';
const SIGN_UP = '/v1/client/sign_ups/sua_1/prepare_verification';

function requestFor(path: string, strategy = 'email_link') {
  const body = new URLSearchParams({ strategy, redirect_url: 'chrome-extension://id/popup.html#/verify' });
  return { method: 'POST', url: new URL(`https://clerk.example.com${path}`), body: body.toString() };
}

const leadsTo = ({ body }: { body: string }) => new URLSearchParams(body).get('redirect_url');

beforeEach(() => {
  fakeBrowser.reset();
  config.emailLinkPage = '';
  startAtRoute('/');
});

describe('where a link leads', () => {
  test.each([SIGN_IN, SIGN_UP])('of %s: to the page that the build names', (path) => {
    config.emailLinkPage = PAGE;
    const request = requestFor(path);
    prepareLinkRequest(request);
    expect(leadsTo(request)).toBe(PAGE);
    expect(request.url.pathname).toBe(path);
  });

  test('without one, to where Clerk’s form wants it', () => {
    const request = requestFor(SIGN_IN);
    prepareLinkRequest(request);
    expect(leadsTo(request)).toContain('chrome-extension:');
  });

  test.each([
    ['a code', SIGN_IN, 'email_code'],
    ['another request', '/v1/client/sign_ins/sia_1/attempt_first_factor', 'email_link'],
    ['an address of the account', '/v1/me/email_addresses/idn_1/prepare_verification', 'email_link'],
  ])('%s is left alone', (_, path, strategy) => {
    config.emailLinkPage = PAGE;
    const request = requestFor(path, strategy);
    prepareLinkRequest(request);
    expect(request).toEqual(requestFor(path, strategy));
  });
});

describe('a popup that is opened again before the click', () => {
  test('asks how the link stands, once, and sends the next one that is asked for', () => {
    startAtRoute('/factor-one', 'email_link');
    const first = requestFor(SIGN_IN);
    prepareLinkRequest(first);
    expect(`${first.url.pathname}${first.url.search}`).toBe('/v1/client/sign_ins/sia_1?_method=GET');
    expect(first.body).toBe('');
    const second = requestFor(SIGN_IN);
    prepareLinkRequest(second);
    expect(second.url.pathname).toBe(SIGN_IN);
  });

  test('over a code sends nothing less than before', () => {
    startAtRoute('/factor-one', 'email_code');
    const request = requestFor(SIGN_IN);
    prepareLinkRequest(request);
    expect(request.url.pathname).toBe(SIGN_IN);
  });
});

describe('the background looks for whom the link signs in', () => {
  const MINUTE = 60_000;
  const answer = (expireAt: number | null) => ({
    status: 200,
    payload: { response: { first_factor_verification: { expire_at: expireAt } } },
  });

  test.each([
    ['as long as it lives', (now: number) => answer(now + 5 * MINUTE), 5],
    ['for ten minutes at most', (now: number) => answer(now + 60 * MINUTE), 10],
    ['for ten minutes where nothing is said', () => answer(null), 10],
    ['for ten minutes where there is no answer to read', () => ({ status: 200, payload: null }), 10],
  ])('%s', async (_, answerAt, minutes) => {
    const now = Date.now();
    await noteMailedLink(requestFor(SIGN_IN), answerAt(now));
    const left = (await readLinkExpiry()) - now;
    expect(Math.abs(left - minutes * MINUTE)).toBeLessThan(2000);
    expect(await browser.alarms.get(ALARMS.signIn)).toBeTruthy();
  });

  test.each([
    ['a link that was not sent', requestFor(SIGN_IN), { status: 422 }],
    ['no answer', requestFor(SIGN_IN), undefined],
    ['a code', requestFor(SIGN_IN, 'email_code'), { status: 200 }],
  ])('not for %s', async (_, request, response) => {
    await noteMailedLink(request, response);
    expect(await readLinkExpiry()).toBe(0);
    expect(await browser.alarms.getAll()).toEqual([]);
  });
});
