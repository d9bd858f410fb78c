import type { EmulatorControl } from 'clerk-emulator';
import type { Surface } from 'extension-driver';
import { describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import type { TokenOptions } from '../../../src/messages/protocol.ts';
import { ask, askForToken } from '../fixtures.ts';
import { claimsOf, codeOf, requestedPaths, signInTwo, test } from './fixtures.ts';

byTurns();

const NOBODYS = 'sess_of_nobody';

const codeOfToken = (page: Surface, options: TokenOptions) => codeOf(page, { ...options, type: 'get-token' });

/** How many requests for a token it takes to answer. */
async function requestsFor(control: EmulatorControl, page: Surface, options: TokenOptions): Promise<number> {
  await control.clearRequests();
  await askForToken(page, options);
  return (await requestedPaths(control, '/tokens')).length;
}

describe('get-token with two people signed in', () => {
  test('is of the active session, or of the one that is named', async ({ browser, control, instance }) => {
    const { page, ada, charles } = await signInTwo({ browser, control, instance });
    const [adaId, charlesId] = instance.seededPeople.map(({ userId }) => userId);
    const ofCharles = { sid: charles, sub: charlesId };
    const ofAda = { sid: ada, sub: adaId };
    expect(await claimsOf(page)).toMatchObject(ofCharles);
    expect(await claimsOf(page, { sessionId: charles })).toMatchObject(ofCharles);
    expect(await claimsOf(page, { sessionId: ada })).toMatchObject(ofAda);
    expect(await claimsOf(page, { sessionId: ada, skipCache: true })).toMatchObject(ofAda);
    await ask(page, { type: 'set-active', sessionId: ada });
    expect(await claimsOf(page)).toMatchObject(ofAda);
    expect(await claimsOf(page, { sessionId: charles })).toMatchObject(ofCharles);
    await browser.stopBackground();
    expect(await claimsOf(page, { sessionId: charles })).toMatchObject(ofCharles);
    expect(await codeOfToken(page, { sessionId: NOBODYS })).toBe('not-found');
  });

  test('is of any organization that the person is in, and of a template', async ({
    browser,
    control,
    instance,
  }) => {
    await control.createTemplate({ name: 'notes', claims: { template: 'notes', who: '{{user.id}}' } });
    const [{ userId: adaId }, { userId: charlesId }] = instance.seededPeople;
    const [globex, initech] = instance.seededOrganizations;
    const adasOwn = await control.createOrganization({ name: 'Analytical', memberUserIds: [adaId] });
    const { page, ada } = await signInTwo({ browser, control, instance });

    const { organizationId } = globex;
    expect(await claimsOf(page, { organizationId })).toMatchObject({
      o: { id: organizationId, rol: 'member' },
    });
    const ofInitech = await claimsOf(page, { organizationId: initech.organizationId });
    expect(ofInitech).toMatchObject({ sub: charlesId, o: { id: initech.organizationId, rol: 'admin' } });
    expect(await claimsOf(page, { organizationId: null })).not.toHaveProperty('o');
    expect(await claimsOf(page, { organizationId, sessionId: ada })).toMatchObject({
      sub: adaId,
      o: { id: organizationId, rol: 'admin' },
    });
    expect(await codeOfToken(page, adasOwn)).toBe('not-a-member');
    expect(await claimsOf(page, { ...adasOwn, sessionId: ada })).toMatchObject({
      sub: adaId,
      o: { id: adasOwn.organizationId },
    });
    // Asking for one does not choose it.
    expect(await claimsOf(page)).not.toHaveProperty('o');

    expect(await claimsOf(page, { template: 'notes' })).toMatchObject({ template: 'notes', who: charlesId });
    const hers = await claimsOf(page, { template: 'notes', sessionId: ada });
    expect(hers).toMatchObject({ template: 'notes', who: adaId, sub: adaId });
    expect(await codeOfToken(page, { template: 'none-of-this-name' })).toBe('refused');
  });

  test('is asked of the server only when it has to be', async ({ browser, control, instance }) => {
    const { page, ada } = await signInTwo({ browser, control, instance });
    await askForToken(page, { sessionId: ada });
    const requests = (options: TokenOptions) => requestsFor(control, page, { sessionId: ada, ...options });
    expect(await requests({})).toBe(0);
    expect(await requests({ skipCache: true })).toBe(1);
    // Tokens live for a minute here.
    expect(await requests({ minTtlSeconds: 30 })).toBe(0);
    expect(await requests({ leewayInSeconds: 30 })).toBe(0);
    expect(await requests({ minTtlSeconds: 3600 })).toBe(1);
    expect(await requests({ leewayInSeconds: 3600 })).toBe(1);
    expect(await requests({ minTtlSeconds: 30, leewayInSeconds: 3600 })).toBe(0);
    expect(await requests({ minTtlSeconds: 3600, leewayInSeconds: 30 })).toBe(1);
    await browser.stopBackground();
    expect(await requests({})).toBe(0);
  });

  test('is null in place of a failure for who wants no errors', async ({ browser, control, instance }) => {
    const { page, ada } = await signInTwo({ browser, control, instance });
    await control.addFault({ endpoint: 'POST /v1/client/sessions/:id/tokens', kind: 'status', status: 500 });
    const failing: TokenOptions[] = [{ sessionId: NOBODYS }, { sessionId: ada, skipCache: true }];
    for (const options of failing) {
      expect(await askForToken(page, { ...options, throwOnError: false })).toBeNull();
      expect(await codeOfToken(page, options)).not.toBeNull();
      expect(await codeOfToken(page, { ...options, throwOnError: true })).not.toBeNull();
    }
  });
});
