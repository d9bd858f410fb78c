// @vitest-environment node
import { createClerkClient } from '@clerk/backend';
import { beforeEach, describe, expect, it } from 'vitest';
import { EXTENSION_ORIGIN, errorOf } from '../src/frontend-api-client.ts';
import { client, emulator, withCheckedEmulator } from './support/checked.ts';
import { organizations, outcome, people } from './support/organizations.ts';

withCheckedEmulator({ organizations: true });
let sessionId: string;
beforeEach(async () => {
  sessionId = await client.signIn();
});

const BILLING = {
  key: 'org:member',
  permissions: ['org:invoices:read', 'org:invoices:manage', 'org:reports:read', 'org:wishes:manage'],
};

/** What a server that uses @clerk/backend knows of whoever sends a token. */
async function authOf(organizationId: string) {
  const { json } = await client.post(`/client/sessions/${sessionId}/tokens`, {
    organization_id: organizationId,
  });
  const { publishableKey, jwtKey } = emulator;
  const backend = createClerkClient({ secretKey: 'sk_live_unused', publishableKey, jwtKey });
  const headers = { authorization: `Bearer ${json.jwt}` };
  const request = new Request('https://api.example.com/', { headers });
  const state = await backend.authenticateRequest(request, { authorizedParties: [EXTENSION_ORIGIN] });
  const auth = state.toAuth();
  if (!auth || !('orgId' in auth)) throw new Error(`Not signed in: ${state.reason}`);
  return auth;
}

describe('the organization of a session', () => {
  it('is chosen by a touch, and is then in its tokens', async () => {
    const { globex, initech } = organizations();
    const touched = await client.touch(sessionId, globex);
    expect(touched.json.response.last_active_organization_id).toBe(globex);
    expect((await client.claims(sessionId)).o).toMatchObject({ id: globex, slg: 'globex', rol: 'admin' });
    expect((await client.touch(sessionId, 'initech')).json.response.last_active_organization_id).toBe(
      initech,
    );
    expect((await client.claims(sessionId)).o).toMatchObject({ id: initech, rol: 'member' });
  });

  it('stays through a touch that names none, and ends with one that names the personal account', async () => {
    const { globex } = organizations();
    await client.touch(sessionId, globex);
    expect((await client.touch(sessionId)).json.response.last_active_organization_id).toBe(globex);
    expect((await client.touch(sessionId, '')).json.response.last_active_organization_id).toBeNull();
    expect(await client.claims(sessionId)).not.toHaveProperty('o');
  });

  it('is another one in a token that was asked for that, and stays what it was', async () => {
    const { globex, initech } = organizations();
    await client.touch(sessionId, globex);
    expect((await client.claims(sessionId, initech)).o).toMatchObject({ id: initech });
    expect(await client.claims(sessionId, '')).not.toHaveProperty('o');
    expect((await client.claims(sessionId)).o).toMatchObject({ id: globex });
  });

  it.each(['touch', 'tokens'])(
    'cannot be one that the person is not in, or that there is not: %s',
    async (step) => {
      const { organizationId } = await emulator.control.createOrganization({ name: 'Other' });
      const field = step === 'touch' ? 'active_organization_id' : 'organization_id';
      for (const id of [organizationId, 'org_unknown']) {
        const refused = await client.post(`/client/sessions/${sessionId}/${step}`, { [field]: id });
        expect([refused.status, errorOf(refused).code]).toEqual([
          404,
          'organization_not_found_or_unauthorized',
        ]);
      }
    },
  );

  it('is none once the membership is gone, also when it comes back', async () => {
    const { control } = emulator;
    const { initech } = organizations();
    await client.touch(sessionId, initech);
    await control.removeMembership(initech, people().ada.userId);
    expect(await client.claims(sessionId)).not.toHaveProperty('o');
    expect(
      outcome(await client.post(`/client/sessions/${sessionId}/tokens`, { organization_id: initech })),
    ).toBe('404 organization_not_found_or_unauthorized');
    const { user } = (await client.call('/client')).json.response.sessions[0];
    expect(user.organization_memberships).toHaveLength(1);
    await control.setMembership(initech, { userId: people().ada.userId, role: 'org:member' });
    const [session] = (await client.call('/client')).json.response.sessions;
    expect(session.last_active_organization_id).toBeNull();
  });

  it('is nowhere in an instance without organizations', async () => {
    await client.touch(sessionId, organizations().globex);
    await emulator.control.configure({ organizations: false });
    const [session] = (await client.call('/client')).json.response.sessions;
    expect(session).toMatchObject({
      last_active_organization_id: null,
      user: { organization_memberships: [] },
    });
    expect(await client.claims(sessionId)).not.toHaveProperty('o');
    expect((await client.call('/me/organization_memberships')).json.response.total_count).toBe(0);
  });

  it('has its shortcodes in templates', async () => {
    const claims = { org: '{{org.slug}}', role: '{{org.role}}', image: '{{org.has_image}}' };
    await emulator.control.createTemplate({ name: 'org', claims });
    await client.touch(sessionId, organizations().globex);
    const { jwt } = (await client.post(`/client/sessions/${sessionId}/tokens/org`)).json;
    const filled = JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString());
    expect(filled).toMatchObject({ org: 'globex', role: 'org:admin', image: false });
  });
});

describe('permissions', () => {
  it('of Clerk’s own are in no token', async () => {
    const { o } = await client.claims(sessionId, organizations().globex);
    expect(Object.keys(o as object)).toEqual(['id', 'slg', 'rol']);
  });

  it('of one’s own are in it by feature and action, as @clerk/backend reads them', async () => {
    await emulator.control.configure({ organizationRoles: [BILLING] });
    await emulator.control.updateOrganization('initech', { features: ['reports', 'exports', 'invoices'] });
    const { o, fea } = await client.claims(sessionId, 'initech');
    expect(fea).toBe('o:reports,o:exports,o:invoices');
    expect(o).toMatchObject({ per: 'read,manage', fpm: '1,0,3' });
    const auth = await authOf('initech');
    expect(auth.orgPermissions).toEqual(['org:reports:read', 'org:invoices:read', 'org:invoices:manage']);
    expect(auth.has({ permission: 'org:invoices:manage' })).toBe(true);
    expect(auth.has({ permission: 'org:wishes:manage' })).toBe(false);
  });

  it('count for every feature without a plan', async () => {
    await emulator.control.configure({ organizationRoles: [BILLING] });
    await emulator.control.updateOrganization('initech', { plan: null, features: [] });
    const { o, fea, pla } = await client.claims(sessionId, 'initech');
    expect([fea, pla]).toEqual(['o:invoices,o:reports,o:wishes', 'u:free_user']);
    expect(o).toMatchObject({ per: 'read,manage', fpm: '3,1,2' });
  });

  it('are more than a number of 32 bits can hold', async () => {
    const permissions = Array.from({ length: 40 }, (_, index) => `org:invoices:action${index}`);
    await emulator.control.configure({ organizationRoles: [{ key: 'org:member', permissions }] });
    const auth = await authOf('initech');
    expect(auth.orgPermissions).toEqual(permissions);
  });

  it('come with a role of one’s own, whose name is made of its key', async () => {
    const role = { key: 'org:billing_manager', permissions: ['org:invoices:manage'] };
    await emulator.control.configure({ organizationRoles: [role] });
    await emulator.control.setMembership('initech', { userId: people().ada.userId, role: role.key });
    const { data } = (await client.call('/me/organization_memberships')).json.response;
    const membership = data.find(({ role: key }: { role: string }) => key === role.key);
    expect(membership).toMatchObject({ role_name: 'Billing manager', permissions: role.permissions });
    expect((await client.claims(sessionId, 'initech')).o).toMatchObject({ rol: 'billing_manager', fpm: '1' });
  });
});

describe('plans and features', () => {
  it('are those of the person and of the organization', async () => {
    const { ada } = people();
    await emulator.control.updateUser(ada.userId, { plan: 'plus', features: ['exports', 'invoices'] });
    expect(await client.claims(sessionId)).toMatchObject({ pla: 'u:plus', fea: 'u:exports,u:invoices' });
    const { pla, fea } = await client.claims(sessionId, 'globex');
    expect([pla, fea]).toEqual(['o:pro,u:plus', 'uo:invoices,o:reports,u:exports']);
    const auth = await authOf('globex');
    expect([auth.has({ plan: 'org:pro' }), auth.has({ plan: 'org:plus' })]).toEqual([true, false]);
    expect([auth.has({ feature: 'user:exports' }), auth.has({ feature: 'org:exports' })]).toEqual([
      true,
      false,
    ]);
  });

  it('can be none at all', async () => {
    await emulator.control.updateUser(people().ada.userId, { plan: null });
    const claims = await client.claims(sessionId);
    expect(claims).not.toHaveProperty('pla');
    expect(claims).not.toHaveProperty('fea');
  });

  it('come with people and organizations that the control surface makes', async () => {
    const user = {
      emailAddress: 'grace@example.com',
      password: 'nanosecond',
      plan: 'plus',
      features: ['exports'],
    };
    const { userId } = await emulator.control.createUser(user);
    await emulator.control.createOrganization({
      name: 'Navy',
      memberUserIds: [userId],
      plan: 'team',
      features: ['ships'],
    });
    await client.call('/client/sessions', { method: 'DELETE' });
    const grace = await client.signIn(user.emailAddress, user.password);
    const { pla, fea } = await client.claims(grace, 'navy');
    expect([pla, fea]).toEqual(['o:team,u:plus', 'o:ships,u:exports']);
  });
});

describe('an actor', () => {
  it('is set for a session that there is, and taken back', async () => {
    const actor = { sub: 'user_support', reason: 'a question' };
    await emulator.control.setActor(sessionId, actor);
    expect((await client.claims(sessionId)).act).toEqual(actor);
    expect((await client.call(`/client/sessions/${sessionId}`)).json.response.actor).toEqual(actor);
    await emulator.control.setActor(sessionId, null);
    expect(await client.claims(sessionId)).not.toHaveProperty('act');
  });
});

describe('an organization that has to be chosen', () => {
  it('leaves the session pending until then, and again when the membership is gone', async () => {
    await emulator.control.configure({ forceOrganizationSelection: true });
    const session = async () => (await client.call('/client')).json.response.sessions[0];
    expect(await session()).toMatchObject({ status: 'pending', tasks: [{ key: 'choose-organization' }] });
    expect((await client.claims(sessionId)).sts).toBe('pending');
    await client.touch(sessionId, 'globex');
    expect(await session()).toMatchObject({ status: 'active', tasks: null });
    expect((await client.claims(sessionId, '')).o).toMatchObject({ slg: 'globex' });
    await emulator.control.deleteOrganization('globex');
    expect((await session()).status).toBe('pending');
  });
});
