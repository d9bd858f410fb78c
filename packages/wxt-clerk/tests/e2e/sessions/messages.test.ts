import type { Surface } from 'extension-driver';
import { describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { openAccountForm } from '../../../../../tools/steps/accounts.ts';
import { enterPassword, waitUntilSignedIn } from '../../../../../tools/steps/sign-in.ts';
import type { MembershipSnapshot, SessionSnapshot } from '../../../src/messages/protocol.ts';
import { ask, askForToken, signIn } from '../fixtures.ts';
import { JWT } from '../trust/fixtures.ts';
import {
  activeOnServer,
  answerOf,
  claimsOf,
  codeOf,
  listedIn,
  onServer,
  SEVERAL,
  signInAda,
  signInFurther,
  signInTwo,
  test,
  untilAligned,
  userOf,
  watchForms,
} from './fixtures.ts';

byTurns();

const NOBODYS = 'sess_of_nobody';

const SESSION_KEYS =
  'abandonAt actor createdAt currentTask expireAt factorVerificationAge id lastActiveAt lastActiveOrganizationId lastActiveTokenExpiresAt publicUserData status tasks updatedAt user';

const sortedKeys = (value: object | null) =>
  Object.keys(value ?? {})
    .toSorted()
    .join(' ');

const sessionOf = (page: Surface, sessionId?: string) =>
  answerOf<SessionSnapshot | null>(page, { type: 'get-session', ...(sessionId && { sessionId }) });

describe('several people', () => {
  test('sign in one after the other by Clerk’s form, and each page shows who is active', async ({
    browser,
    control,
    instance,
  }) => {
    await control.configure(SEVERAL);
    const page = await signIn(browser, instance);
    const panel = await browser.openPage('sidepanel.html');
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    await openAccountForm(panel);
    await enterPassword(panel, instance.seededPeople[1]);
    await waitUntilSignedIn(panel, 'Charles Babbage');
    await page.waitForText('Signed in as Charles Babbage.');
    expect(
      (await listedIn(page)).map(({ user, isActive }) => [user?.firstName, isActive]).toSorted(),
    ).toEqual([
      ['Ada', false],
      ['Charles', true],
    ]);
  });

  test('have sessions that are told in full, and never with a token', async ({
    browser,
    control,
    instance,
  }) => {
    const { page, ada, charles } = await signInTwo({ browser, control, instance });
    const [{ userId: adaId, emailAddress }, { userId: charlesId }] = instance.seededPeople;
    const tokens = [await askForToken(page, { sessionId: ada }), await askForToken(page)];
    const [ofAda, active] = [await sessionOf(page, ada), await sessionOf(page)];

    expect(sortedKeys(ofAda)).toBe(SESSION_KEYS);
    expect(ofAda).toMatchObject({
      id: ada,
      status: 'active',
      actor: null,
      factorVerificationAge: [expect.any(Number), -1],
      lastActiveTokenExpiresAt: tokens[0]?.expiresAt,
      publicUserData: { firstName: 'Ada', lastName: 'Lovelace', userId: adaId, identifier: emailAddress },
      user: { userId: adaId, sessionId: ada, emailAddress },
    });
    expect(active).toMatchObject({ id: charles, user: { userId: charlesId, sessionId: charles } });
    const listed = await listedIn(page);
    expect(listed.map(({ id, isActive }) => [id, isActive])).toEqual([
      [ada, false],
      [charles, true],
    ]);
    expect(listed.map(sortedKeys)).toEqual(
      [ofAda, active].map(() => SESSION_KEYS.replace(' id', ' id isActive')),
    );
    expect(await codeOf(page, { type: 'get-session', sessionId: NOBODYS })).toBe('not-found');
    expect(JSON.stringify([listed, ofAda, active, await userOf(page)])).not.toMatch(JWT);
  });

  test('have what impersonates one of them in its session alone', async ({ browser, control, instance }) => {
    const { page, ada, charles } = await signInTwo({ browser, control, instance });
    await control.setActor(ada, { sub: 'user_support' });
    await ask(page, { type: 'session-changed' });
    expect(await sessionOf(page, ada)).toMatchObject({ actor: { sub: 'user_support' } });
    expect(await sessionOf(page, charles)).toMatchObject({ actor: null });
    const isFresh = { skipCache: true };
    expect(await claimsOf(page, { sessionId: ada, ...isFresh })).toHaveProperty('act.sub', 'user_support');
    expect(await claimsOf(page, isFresh)).not.toHaveProperty('act');
  });
});

describe('set-active', () => {
  test('chooses a session, an organization and the personal account, by one touch each', async ({
    browser,
    control,
    instance,
  }) => {
    const { page, panel, ada, charles } = await signInTwo({ browser, control, instance });
    const [{ organizationId: globex }, { organizationId: initech }] = instance.seededOrganizations;
    await panel.close();
    const forms = await watchForms(browser);
    const setActive = async (options: object) => {
      const user = await answerOf(page, { type: 'set-active', ...options });
      expect(user).toEqual(await userOf(page));
      return user;
    };

    expect(await setActive({ sessionId: ada })).toMatchObject({ sessionId: ada, organizationId: null });
    await page.waitForText('Signed in as Ada Lovelace.');
    expect(await setActive({ organizationId: globex })).toMatchObject({
      sessionId: ada,
      organizationId: globex,
      organizationName: 'Globex',
      organizationSlug: 'globex',
      organizationRole: 'org:admin',
    });
    expect(await claimsOf(page)).toMatchObject({ sid: ada, o: { id: globex, rol: 'admin' } });
    expect(await setActive({ sessionId: charles, organizationId: initech })).toMatchObject({
      sessionId: charles,
      organizationId: initech,
      organizationRole: 'org:admin',
    });
    // What the other has chosen stays.
    expect(await setActive({ sessionId: ada })).toMatchObject({ organizationId: globex });
    expect(await onServer(control, ada)).toMatchObject({
      isLastActive: true,
      lastActiveOrganizationId: globex,
    });
    expect(await setActive({ organizationId: null })).toMatchObject({
      organizationId: null,
      organizationRole: null,
    });
    expect(await claimsOf(page)).not.toHaveProperty('o');
    expect(await onServer(control, charles)).toMatchObject({ lastActiveOrganizationId: initech });

    const touch = (session: string, organization: string, intent: string) =>
      `/v1/client/sessions/${session}/touch active_organization_id=${organization}&intent=${intent}`;
    expect((await forms()).filter((form) => form.includes('/touch'))).toEqual([
      touch(ada, '', 'select_session'),
      touch(ada, globex, 'select_org'),
      touch(charles, initech, 'select_org'),
      touch(ada, globex, 'select_session'),
      touch(ada, '', 'select_org'),
    ]);
  });

  test('says why not, and leaves everything as it is', async ({ browser, control, instance }) => {
    const [{ userId: adaId }] = instance.seededPeople;
    const adasOwn = await control.createOrganization({ name: 'Analytical', memberUserIds: [adaId] });
    const { page, ada, charles } = await signInTwo({ browser, control, instance });
    const code = (options: object) => codeOf(page, { type: 'set-active', ...options });
    expect(await code(adasOwn)).toBe('not-a-member');
    expect(await code({ organizationId: 'org_of_nobody' })).toBe('not-a-member');
    expect(await code({ sessionId: NOBODYS })).toBe('not-found');
    expect(await code({})).toBe('bad-request');
    expect(await code({ sessionId: ada, organizationId: 'none' })).toBe('bad-request');
    expect(await userOf(page)).toMatchObject({ sessionId: charles, organizationId: null });
    await control.revokeSession(ada);
    expect(await code({ sessionId: ada })).toBe('not-found');
    expect(await listedIn(page)).toMatchObject([{ id: charles, isActive: true }]);
  });
});

test('touch-session tells the server with its intent, and the organization stays', async ({
  browser,
  control,
  instance,
}) => {
  const { page, panel, ada, charles } = await signInTwo({ browser, control, instance });
  const [{ organizationId: globex }] = instance.seededOrganizations;
  await ask(page, { type: 'set-active', sessionId: ada, organizationId: globex });
  await panel.close();
  const forms = await watchForms(browser);
  for (const intent of ['focus', 'select_session', 'select_org'] as const)
    expect(await answerOf(page, { type: 'touch-session', sessionId: ada, intent })).toMatchObject({
      id: ada,
      lastActiveOrganizationId: globex,
    });
  expect(await answerOf(page, { type: 'touch-session' })).toMatchObject({ id: ada });
  expect(await answerOf(page, { type: 'touch-session', sessionId: charles })).toMatchObject({ id: charles });
  const touched = (await forms())
    .filter((form) => form.includes('/touch'))
    .map((form) => form.split(/[/?= &]/));
  expect(touched.map((parts) => [parts[4], parts[7] || null, parts[9]])).toEqual([
    [ada, globex, 'focus'],
    [ada, globex, 'select_session'],
    [ada, globex, 'select_org'],
    [ada, globex, 'focus'],
    [charles, null, 'focus'],
  ]);
  expect(await codeOf(page, { type: 'touch-session', sessionId: NOBODYS })).toBe('not-found');
  expect(await codeOf(page, { type: 'touch-session', intent: 'blur' })).toBe('bad-request');
});

describe('the end of a session', () => {
  test('by end-session, remove-session and sign-out leaves the others', async ({
    browser,
    control,
    instance,
  }) => {
    const { page, panel, ada, charles } = await signInTwo({ browser, control, instance });
    const mary = await signInFurther({ page, panel }, instance.seededPeople[2]);
    const status = async (sessionId: string) => (await onServer(control, sessionId)).status;
    const end = (type: string, sessionId: string) => answerOf(page, { type, sessionId });

    expect(await end('end-session', ada)).toMatchObject({ id: ada, status: 'ended' });
    expect(await status(ada)).toBe('ended');
    expect((await listedIn(page)).map(({ id }) => id)).toEqual([charles, mary]);
    expect(await codeOf(page, { type: 'get-token', sessionId: ada })).toBe('not-found');
    // A page may ask once more, whose background was stopped while it answered.
    expect(await end('end-session', ada)).toBeNull();

    // The active one: another takes its place.
    expect(await end('remove-session', mary)).toMatchObject({ id: mary, status: 'removed' });
    expect(await status(mary)).toBe('removed');
    expect(await userOf(page)).toMatchObject({ sessionId: charles });
    expect(await claimsOf(page, { skipCache: true })).toMatchObject({ sid: charles });
    await page.waitForText('Signed in as Charles Babbage.');
    expect(await codeOf(page, { type: 'end-session', sessionId: NOBODYS })).toBe('not-found');

    expect(await end('sign-out', charles)).toBeNull();
    expect(await status(charles)).not.toBe('active');
    expect(await userOf(page)).toBeNull();
    await page.waitForText('Nobody is signed in');
  });

  test('by a sign-out of one and then of all, and nothing is left', async ({
    browser,
    control,
    instance,
  }) => {
    const { page, panel, ada, charles } = await signInTwo({ browser, control, instance });
    const mary = await signInFurther({ page, panel }, instance.seededPeople[2]);
    expect(await answerOf(page, { type: 'sign-out', sessionId: charles })).toBeNull();
    expect((await listedIn(page)).map(({ id, isActive }) => [id, isActive])).toEqual([
      [ada, false],
      [mary, true],
    ]);
    expect(await claimsOf(page, { sessionId: ada, skipCache: true })).toMatchObject({ sid: ada });
    expect(await answerOf(page, { type: 'sign-out' })).toBeNull();
    expect((await control.listSessions()).map(({ status }) => status)).not.toContain('active');
    for (const type of [
      'get-user',
      'get-token',
      'get-session',
      'touch-session',
      'end-session',
      'remove-session',
    ])
      expect(await answerOf(page, { type }), type).toBeNull();
    expect(await answerOf(page, { type: 'set-active', organizationId: null })).toBeNull();
    for (const type of ['list-sessions', 'list-organizations'])
      expect(await answerOf(page, { type }), type).toEqual([]);
    expect(await answerOf(page, { type: 'check-authorization', role: 'org:admin' })).toBe(false);
  });

  test('of the last one, of which its server could not be told yet, leads to the form as soon as it knows', async ({
    browser,
    control,
    instance,
  }) => {
    const { page, panel, ada } = await signInAda({ browser, control, instance });
    const [{ organizationId }] = instance.seededOrganizations;
    await control.addFault({ endpoint: 'POST /v1/client/sessions/:id/touch', kind: 'drop' });
    // Nobody knows what became of it, nor therefore which sessions there are: the others' credential is not given up.
    expect(await codeOf(page, { type: 'set-active', organizationId })).toBe('unavailable');
    await control.clearFaults();
    // The pause that it made after the failure is forgotten, the doubt is not.
    await browser.stopBackground();
    for (const way of ['end', 'remove'])
      await control.addFault({
        endpoint: `POST /v1/client/sessions/:id/${way}`,
        kind: 'status',
        status: 500,
      });
    await answerOf(page, { type: 'end-session', sessionId: ada });
    // Both have answered here before the server knows.
    await expect.poll(() => userOf(page), { timeout: 10_000 }).toBeNull();
    await panel.waitFor(() => document.querySelector('[role="alert"] button') !== null);
    await control.clearFaults();
    // The next start tells the server.
    await browser.stopBackground();
    await ask(page, { type: 'get-user' });
    await untilAligned(panel, null);
    expect(await activeOnServer(control)).toEqual([]);
  });
});

describe('what a person may do', () => {
  test('check-authorization answers for the session that is asked for', async ({
    browser,
    control,
    instance,
  }) => {
    const { page, ada, charles } = await signInTwo({ browser, control, instance });
    const [{ organizationId }] = instance.seededOrganizations;
    for (const sessionId of [ada, charles])
      await ask(page, { type: 'set-active', sessionId, organizationId });
    const check = (question: object) => answerOf(page, { type: 'check-authorization', ...question });
    const ofAda = { sessionId: ada };

    expect(await check({ role: 'org:admin' })).toBe(false);
    expect(await check({ role: 'org:member' })).toBe(true);
    expect(await check({ role: 'org:admin', ...ofAda })).toBe(true);
    expect(await check({ permission: 'org:sys_memberships:manage' })).toBe(false);
    expect(await check({ permission: 'org:sys_memberships:manage', ...ofAda })).toBe(true);
    expect(await check({ feature: 'reports' })).toBe(true);
    expect(await check({ feature: 'teleport', ...ofAda })).toBe(false);
    expect(await check({ plan: 'pro', ...ofAda })).toBe(true);
    expect(await check({ plan: 'user:free_user', ...ofAda })).toBe(true);
    expect(await check({ plan: 'user:free_user' })).toBe(false);
    expect(await check({ reverification: 'lax' })).toBe(true);
    expect(
      await check({ role: 'org:member', reverification: { level: 'first_factor', afterMinutes: 5 } }),
    ).toBe(true);
    for (const bad of [{}, { role: 'org:admin', plan: 'pro' }, { reverification: 'none' }])
      expect(await codeOf(page, { type: 'check-authorization', ...bad })).toBe('bad-request');
  });

  test('list-organizations has all of them, however many there are', async ({
    browser,
    control,
    instance,
  }) => {
    const [{ userId: adaId }] = instance.seededPeople;
    const { page, ada } = await signInTwo({ browser, control, instance });
    const list = (options = {}) =>
      answerOf<MembershipSnapshot[]>(page, { type: 'list-organizations', ...options });
    expect((await list()).map(({ organization, role }) => [organization.name, role]).toSorted()).toEqual([
      ['Globex', 'org:member'],
      ['Initech', 'org:admin'],
    ]);
    const names = Array.from({ length: 120 }, (_, index) => `Engine ${index}`);
    for (const name of names) await control.createOrganization({ name, memberUserIds: [adaId] });
    await control.clearRequests();

    const hers = await list({ sessionId: ada });

    expect(hers.map(({ organization }) => organization.name).toSorted()).toEqual(
      [...names, 'Globex', 'Initech'].toSorted(),
    );
    expect(hers.find(({ organization }) => organization.name === 'Globex')).toEqual({
      organization: {
        id: instance.seededOrganizations[0].organizationId,
        name: 'Globex',
        slug: 'globex',
        imageUrl: expect.any(String),
        hasImage: false,
      },
      role: 'org:admin',
      permissions: expect.arrayContaining(['org:sys_memberships:manage']),
    });
    const asked = (await control.requests()).filter(({ path }) => path.endsWith('/organization_memberships'));
    expect(asked).toHaveLength(2);
    expect(await list()).toHaveLength(2);
  });
});
