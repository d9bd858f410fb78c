import { expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import type { UserSnapshot } from '../../../src/messages/protocol.ts';
import { decodeJwt } from '../../../src/shared/jwt.ts';
import type { Outcome } from '../../support/hostile/content-script.ts';
import { type HostileFrame, hostileFrame } from '../../support/hostile/frames.ts';
import { ask } from '../fixtures.ts';
import { apiOf, pageOf, test } from '../trust/fixtures.ts';
import { activeOnServer, answerOf, signInTwo } from './fixtures.ts';

byTurns(1);

/** What only the extension's own pages may ask. */
const OF_OWN_PAGES = (sessionId: string, organizationId: string) => [
  { type: 'get-session' },
  { type: 'get-session', sessionId },
  { type: 'list-sessions' },
  { type: 'set-active', sessionId },
  { type: 'set-active', organizationId },
  { type: 'touch-session', sessionId },
  { type: 'end-session', sessionId },
  { type: 'remove-session', sessionId },
  { type: 'sign-out' },
  { type: 'sign-out', sessionId },
  { type: 'check-authorization', role: 'org:admin' },
  { type: 'list-organizations' },
  { type: 'session-changed' },
];

// biome-ignore lint/suspicious/noExplicitAny: it reads into values of many shapes.
const replyOf = (outcome: Outcome): any => ('reply' in outcome ? outcome.reply : outcome.failure);

const askOne = async (site: HostileFrame, message: object) =>
  replyOf((await site.ask(message))[0] as Outcome);

test('a content script gets of several people what it got of one: the public part of who is active', async ({
  browser,
  control,
  instance,
  sites: _,
}) => {
  await control.createTemplate({ name: 'notes', claims: { template: 'notes' } });
  const { page, ada, charles } = await signInTwo({ browser, control, instance });
  const [, { userId: charlesId }] = instance.seededPeople;
  const [{ organizationId }] = instance.seededOrganizations;
  const open = async (name: Parameters<typeof pageOf>[0]) =>
    hostileFrame(await browser.openWebPage(pageOf(name)));
  const sites = {
    granted: await open('granted'),
    token: await open('token'),
    template: await open('template'),
  };
  const stranger = await open('ungranted');

  for (const site of [...Object.values(sites), stranger]) {
    const outcomes = await site.ask(...OF_OWN_PAGES(ada, organizationId));
    expect(outcomes.map((outcome) => replyOf(outcome).error?.code)).toEqual(outcomes.map(() => 'forbidden'));
  }
  expect((await activeOnServer(control)).toSorted()).toEqual([ada, charles].toSorted());

  const fetchMe = { type: 'fetch-api', method: 'GET', url: apiOf('/me') };
  const chosen = [{ sessionId: ada }, { organizationId }];
  for (const site of Object.values(sites)) {
    expect((await askOne(site, { type: 'get-user' })).value).toEqual({
      firstName: 'Charles',
      lastName: 'Babbage',
      imageUrl: null,
    });
    expect((await askOne(site, fetchMe)).value).toMatchObject({ status: 200, body: { userId: charlesId } });
    for (const options of chosen) {
      expect((await askOne(site, { ...fetchMe, ...options })).error?.code).toBe('bad-request');
      expect((await askOne(site, { type: 'get-user', ...options })).error?.code).toBe('bad-request');
      expect((await askOne(site, { type: 'get-token', ...options })).error?.code).toMatch(
        /^(forbidden|bad-request)$/,
      );
    }
  }
  expect((await askOne(sites.granted, { type: 'get-token' })).error?.code).toBe('forbidden');
  expect(decodeJwt((await askOne(sites.token, { type: 'get-token' })).value.token)).toMatchObject({
    sid: charles,
  });
  expect(decodeJwt((await askOne(sites.template, { type: 'get-token' })).value.token)).toMatchObject({
    template: 'notes',
    sub: charlesId,
  });
  expect((await askOne(stranger, { type: 'get-user' })).error?.code).toBe('forbidden');

  await answerOf<UserSnapshot>(page, { type: 'set-active', sessionId: ada, organizationId });
  expect((await askOne(sites.granted, { type: 'get-user' })).value).toMatchObject({ firstName: 'Ada' });
  expect(decodeJwt((await askOne(sites.token, { type: 'get-token' })).value.token)).toMatchObject({
    sid: ada,
  });
  await ask(page, { type: 'sign-out', sessionId: ada });
  expect((await askOne(sites.granted, { type: 'get-user' })).value).toMatchObject({ firstName: 'Charles' });
});
