import type { Surface } from 'extension-driver';
import { expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import {
  askEach,
  createPeople,
  organizationIdsOf,
  tokenMessages,
} from '../../../../../tools/steps/many-accounts.ts';
import { decodeJwt } from '../../../src/shared/jwt.ts';
import type { Claims } from './fixtures.ts';
import { requestedPaths, signInAda, signInFurther, test } from './fixtures.ts';

byTurns(0);

test('5 sessions × 10 organizations × 3 templates, asked for at once by two pages: one request each', {
  timeout: 240_000,
}, async ({ browser, control, instance }) => {
  const people = await createPeople(control, 4);
  const { page, panel, ada } = await signInAda({ browser, control, instance });
  const { userId } = instance.seededUser;
  const userIds = new Map([[ada, userId]]);
  for (const person of people) userIds.set(await signInFurther({ page, panel }, person), person.userId);
  const organizationIds = await organizationIdsOf(control, 10, [...userIds.values()]);
  for (const name of ['one', 'two']) await control.createTemplate({ name, claims: { template: name } });
  await panel.close();
  const messages = tokenMessages([...userIds.keys()], organizationIds, [undefined, 'one', 'two']);
  expect(messages).toHaveLength(150);
  const other = await browser.openPage('own-page.html');
  await browser.stopBackground();
  await control.clearRequests();

  const answers = await Promise.all([page, other].map((each: Surface) => askEach(each, messages)));

  for (const tokens of answers)
    for (const [index, token] of tokens.entries()) {
      const { sessionId = '', organizationId, template } = messages[index] ?? {};
      const claims = decodeJwt(token ?? '') as Claims;
      expect(claims.sub).toBe(userIds.get(sessionId));
      if (template !== undefined) expect(claims.template).toBe(template);
      else expect(claims).toMatchObject({ sid: sessionId, o: { id: organizationId } });
    }
  expect(answers[0]).toEqual(answers[1]);
  const asked = [
    ...(await requestedPaths(control, '/tokens')),
    ...(await requestedPaths(control, '/one')),
    ...(await requestedPaths(control, '/two')),
  ];
  expect(asked.length).toBeLessThanOrEqual(150);
  // The log does not tell the organization: each of ten has one request of each session and template.
  const counts = Map.groupBy(asked, (path) => path);
  expect(counts.size).toBe(15);
  for (const [path, requests] of counts) expect(requests.length, path).toBeLessThanOrEqual(10);
  // And all of them are kept: nobody asks again.
  await browser.stopBackground();
  await control.clearRequests();
  expect(await askEach(page, messages)).toEqual(answers[0]);
  expect(await requestedPaths(control, '/tokens')).toEqual([]);
});
