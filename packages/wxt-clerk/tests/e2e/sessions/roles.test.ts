import { describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { ask } from '../fixtures.ts';
import { claimsOf, listedIn, signInAda, signInTwo, test, userOf } from './fixtures.ts';

byTurns();

/** Longer than the background waits between two looks at what a token's rights mean. */
const NOTICED = { timeout: 15_000, interval: 500 };
const FRESH = { skipCache: true };

describe('a change on the server', () => {
  test('of a role is noticed with the next token, and a page shows it', async ({
    browser,
    control,
    instance,
  }) => {
    const { page, panel, ada } = await signInAda({ browser, control, instance });
    const [{ userId }] = instance.seededPeople;
    const [{ organizationId }] = instance.seededOrganizations;
    await panel.close();
    await ask(page, { type: 'set-active', organizationId });
    const live = await browser.openPage('accounts.html');
    await live.waitForText('Administration');
    expect(await claimsOf(page)).toMatchObject({ sid: ada, o: { id: organizationId, rol: 'admin' } });

    for (const [role, shown] of [
      ['member', 'Not for you'],
      ['admin', 'Administration'],
    ] as const) {
      await control.setMembership(organizationId, { userId, role: `org:${role}` });
      // Every token tells the organization, and the newest role.
      expect(await claimsOf(page, FRESH)).toMatchObject({ o: { id: organizationId, rol: role } });
      const knownRole = async () => {
        // The first change is known by the token above; the next comes too soon after it.
        if (role === 'admin') await ask(page, { type: 'get-token', ...FRESH });
        return (await userOf(page))?.organizationRole;
      };
      await expect.poll(knownRole, NOTICED).toBe(`org:${role}`);
      await live.waitForText(shown);
      await live.waitForText(`Globex org:${role} org:${role}`);
    }
  });

  test('that takes somebody out of the active organization ends it here', async ({
    browser,
    control,
    instance,
  }) => {
    const { page, panel } = await signInAda({ browser, control, instance });
    const [{ userId }] = instance.seededPeople;
    const [{ organizationId }] = instance.seededOrganizations;
    await panel.close();
    await ask(page, { type: 'set-active', organizationId });
    const live = await browser.openPage('accounts.html');
    await live.waitForText('Administration');

    await control.removeMembership(organizationId, userId);
    const isKnown = async () => {
      await ask(page, { type: 'get-token', ...FRESH });
      return (await userOf(page))?.organizationId;
    };
    await expect.poll(isKnown, NOTICED).toBeNull();

    await live.waitForText('Not for you');
    await live.waitFor(() => document.querySelector('#organization')?.textContent?.startsWith('none'));
    expect(await claimsOf(page)).not.toHaveProperty('o');
    expect(await claimsOf(page, FRESH)).not.toHaveProperty('o');
    const reply = await ask(page, { type: 'get-token', organizationId, ...FRESH });
    expect(reply).toMatchObject({ ok: false, error: { code: 'not-a-member' } });
    expect(await ask(page, { type: 'check-authorization', role: 'org:admin' })).toMatchObject({
      value: false,
    });
  });

  test('of a plan or a name reaches the tokens and the pages', async ({ browser, control, instance }) => {
    const { page, panel } = await signInAda({ browser, control, instance });
    const [{ organizationId }] = instance.seededOrganizations;
    await panel.close();
    await ask(page, { type: 'set-active', organizationId });
    const asks = async (question: object) => {
      await ask(page, { type: 'get-token', ...FRESH });
      return ask(page, { type: 'check-authorization', ...question });
    };
    expect(await asks({ feature: 'reports' })).toMatchObject({ value: true });
    await control.updateOrganization(organizationId, { plan: 'free_org', features: [], name: 'Globex Ltd' });
    expect(await asks({ feature: 'reports' })).toMatchObject({ value: false });
    expect(await asks({ plan: 'free_org' })).toMatchObject({ value: true });
    await ask(page, { type: 'session-changed' });
    expect(await userOf(page)).toMatchObject({ organizationName: 'Globex Ltd' });
  });
});

test('the active organization is in every token of its session, and of no other', async ({
  browser,
  control,
  instance,
}) => {
  const { page, panel, ada, charles } = await signInTwo({ browser, control, instance });
  const [globex, initech] = instance.seededOrganizations.map(({ organizationId }) => organizationId);
  await panel.close();
  await ask(page, { type: 'set-active', sessionId: charles, organizationId: initech });
  await ask(page, { type: 'set-active', sessionId: ada, organizationId: globex });
  for (const options of [{}, FRESH, { minTtlSeconds: 40 }]) {
    expect(await claimsOf(page, options)).toMatchObject({ sid: ada, o: { id: globex } });
    expect(await claimsOf(page, { ...options, sessionId: charles })).toMatchObject({ o: { id: initech } });
    await browser.stopBackground();
  }
  const listed = await listedIn(page);
  expect(listed.map((each) => each.lastActiveOrganizationId)).toEqual([globex, initech]);
});
