import { describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import type { JsonValue } from '../../../src/messages/protocol.ts';
import { hostileFrame } from '../../support/hostile/frames.ts';
import { signIn } from '../fixtures.ts';
import { apiOf, askFromPage, JWT, pageOf, test } from './fixtures.ts';

byTurns(0);

const get = (path: string) => ({ type: 'fetch-api', method: 'GET', url: apiOf(path) });
const answered = (status: number, body: JsonValue) => ({
  reply: { ok: true, value: { status, body } },
});
const failed = (code: string) => ({ reply: { ok: false, error: { code } } });

describe('an authenticated fetch', () => {
  test('reaches the configured API only, and its token nobody else', async ({ browser, instance, sites }) => {
    const site = await hostileFrame(await browser.openWebPage(pageOf('granted')));
    expect(await site.ask(get('/me')), 'nobody is signed in').toMatchObject([failed('signed-out')]);
    expect((await sites.requests()).filter(({ address }) => address.includes('/me'))).toEqual([]);
    const own = await signIn(browser, instance);
    const { userId } = instance.seededUser;

    const me = { userId, notes: 0 };
    const [first] = await site.ask(get('/me'));
    expect(first).toMatchObject(answered(200, me));
    expect((await askFromPage(own, [get('/me')]))[0]).toMatchObject(answered(200, me));

    const note = { text: 'Analytical engine' };
    const write = { type: 'fetch-api', method: 'POST', url: apiOf('/notes'), body: note };
    expect(await site.ask(write, get('/nowhere'))).toMatchObject([
      answered(201, note),
      answered(404, { error: 'GET /nowhere is not part of this API.' }),
    ]);

    const tricks = {
      'a redirect to another site': [get('/redirect'), 'api-unavailable'],
      'an answer that holds the token': [get('/echo'), 'api-unavailable'],
      'an answer of 2 MiB': [get('/huge'), 'response-too-large'],
      'another port of the API': [{ ...get('/'), url: 'http://api.localhost:1/me' }, 'api-refused'],
      'the Frontend API': [{ ...get('/'), url: `${instance.url}/v1/client` }, 'api-refused'],
      'a name before the host': [{ ...get('/'), url: apiOf('/me').replace('//', '//ada@') }, 'api-refused'],
      'a credential of one’s own': [{ ...get('/me'), headers: { Authorization: 'Bearer x' } }, 'bad-request'],
      'a cookie': [{ ...get('/me'), headers: { Cookie: 'a=b' } }, 'bad-request'],
      'another method': [{ ...get('/me'), method: 'TRACE' }, 'bad-request'],
    } as const;
    const outcomes = await site.ask(...Object.values(tricks).map(([message]) => message));
    const named = Object.keys(tricks).map((trick, index) => [trick, outcomes[index]]);
    expect(Object.fromEntries(named)).toMatchObject(
      Object.fromEntries(Object.entries(tricks).map(([trick, [, code]]) => [trick, failed(code)])),
    );

    await site.ask(get('/cookie'));
    await site.ask(get('/me'));
    expect(JSON.stringify(await site.loot())).not.toMatch(JWT);
    const requests = await sites.requests();
    expect(requests.filter(({ address }) => address.includes('/stolen'))).toEqual([]);
    expect(requests.filter(({ headers }) => headers.cookie)).toEqual([]);
    expect(requests.filter(({ address }) => JWT.test(address))).toEqual([]);
    const withToken = requests.filter(({ headers }) => headers.authorization);
    expect(withToken.length).toBeGreaterThan(0);
    expect(withToken.filter(({ address }) => !apiOf('/').endsWith(address.replace(/\/.*/, '/')))).toEqual([]);
    expect(withToken.filter(({ headers }) => headers.referer)).toEqual([]);
  });
});
