// @vitest-environment node
import { createClerkClient, verifyToken } from '@clerk/backend';
import { beforeEach, describe, expect, it } from 'vitest';
import { EXTENSION_ORIGIN, errorOf, FapiClient, send } from '../src/frontend-api-client.ts';
import { client, emulator, withCheckedEmulator } from './support/checked.ts';

let sessionId: string;
withCheckedEmulator();
beforeEach(async () => {
  sessionId = await client.signIn();
});

async function getToken(): Promise<string> {
  const { json } = await client.post(`/client/sessions/${sessionId}/tokens`, { organization_id: '' });
  return json.jwt;
}

function verify(token: string) {
  return verifyToken(token, { jwtKey: emulator.jwtKey, authorizedParties: [EXTENSION_ORIGIN] });
}

function headerOf(token: string) {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
}

describe('session tokens', () => {
  it('are accepted by @clerk/backend and carry claims version 2', async () => {
    const claims = await verify(await getToken());
    expect(claims).toMatchObject({
      iss: emulator.url,
      sub: emulator.seededUser.userId,
      sid: sessionId,
      azp: EXTENSION_ORIGIN,
      fva: [0, -1],
      sts: 'active',
      v: 2,
    });
    expect(claims.exp - claims.iat).toBe(60);
    expect(claims.iat - claims.nbf).toBe(10);
  });

  it('name the published key and say how fresh they are', async () => {
    const token = await getToken();
    const { keys } = (await send(emulator, '/.well-known/jwks.json')).json;
    expect(
      (await send(emulator, '/v1/jwks', { headers: { authorization: `Bearer ${emulator.secretKey}` } })).json
        .keys,
    ).toEqual(keys);
    const { iat } = await verify(token);
    expect(headerOf(token)).toMatchObject({ alg: 'RS256', typ: 'JWT', kid: keys[0].kid, oiat: iat });
  });

  it('sign a request in at a server that uses @clerk/backend', async () => {
    const { publishableKey, jwtKey } = emulator;
    const backend = createClerkClient({ secretKey: 'sk_live_unused', publishableKey, jwtKey });
    const headers = { authorization: `Bearer ${await getToken()}` };
    const request = new Request('https://api.example.com/', { headers });
    const state = await backend.authenticateRequest(request, { authorizedParties: [EXTENSION_ORIGIN] });
    expect(state.status).toBe('signed-in');
  });

  it('have no azp when the request had no Origin, and fail where authorized parties are set', async () => {
    const headers = { authorization: `Bearer ${client.credential}` };
    const { json } = await send(emulator, '/v1/client', { headers, query: { _is_native: '1' } });
    const token = json.response.sessions[0].last_active_token.jwt;
    const claims = await verifyToken(token, { jwtKey: emulator.jwtKey });
    expect(claims).not.toHaveProperty('azp');
    await expect(verify(token)).rejects.toMatchObject({ reason: 'token-invalid-authorized-parties' });
  });

  it('live as long as configured, by the server clock', async () => {
    await emulator.control.configure({ tokenLifetimeSeconds: 5, clockOffsetSeconds: -3600 });
    const token = await getToken();
    await expect(verify(token)).rejects.toMatchObject({ reason: 'token-expired' });
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims.exp - claims.iat).toBe(5);
  });

  it('come from templates that were created, and from no others', async () => {
    await emulator.control.createTemplate({
      name: 'hasura',
      claims: { role: 'editor' },
      lifetimeSeconds: 30,
    });
    const { json } = await client.post(`/client/sessions/${sessionId}/tokens/hasura`);
    const claims = await verify(json.jwt);
    expect(claims).toMatchObject({ role: 'editor', sub: emulator.seededUser.userId });
    expect(claims).not.toHaveProperty('sid');
    expect(claims.exp - claims.iat).toBe(30);
    const unknown = await client.post(`/client/sessions/${sessionId}/tokens/nope`);
    expect([unknown.status, errorOf(unknown).code]).toEqual([404, 'resource_not_found']);
  });

  it('have the shortcodes of their template filled in', async () => {
    const claims = {
      mail: '{{user.primary_email_address}}',
      name: '{{user.first_name}} {{user.last_name}}',
      title: "{{user.username || 'nobody'}}",
      nested: [{ verified: '{{user.email_verified}}', org: '{{org.id}}', text: 'as it is' }],
      sub: 'other',
    };
    await emulator.control.createTemplate({ name: 'full', claims });
    const { json } = await client.post(`/client/sessions/${sessionId}/tokens/full`);
    expect(await verify(json.jwt)).toMatchObject({
      mail: 'ada@example.com',
      name: 'Ada Lovelace',
      title: 'nobody',
      nested: [{ verified: true, org: null, text: 'as it is' }],
      sub: emulator.seededUser.userId,
    });
  });

  it('are made from the one before by a session minter', async () => {
    await emulator.control.configure({ sessionMinter: true });
    const path = `/client/sessions/${sessionId}/tokens`;
    const without = await client.post(path);
    expect([without.status, errorOf(without).code]).toEqual([422, 'missing_expired_token']);
    const [session] = (await client.call('/client')).json.response.sessions;
    const token = session.last_active_token.jwt;
    expect((await client.post(path, { token, force_origin: 'true' })).status).toBe(200);
    expect((await client.call(path, { form: {}, query: { expired_token: token } })).status).toBe(200);
    expect((await client.post(path, { token: 'x.y.z' })).status).toBe(403);
  });

  it('are refused with 404 for a session that is not this client’s, and with 401 without a client', async () => {
    const unknown = await client.post('/client/sessions/sess_unknown/tokens');
    expect([unknown.status, errorOf(unknown).code]).toEqual([404, 'resource_not_found']);
    const stranger = new FapiClient(emulator);
    await emulator.control.createUser({ emailAddress: 'grace@example.com', password: 'nanosecond' });
    const nobody = await stranger.post(`/client/sessions/${sessionId}/tokens`);
    expect([nobody.status, errorOf(nobody).code]).toEqual([401, 'signed_out']);
    await stranger.signIn('grace@example.com', 'nanosecond');
    expect((await stranger.post(`/client/sessions/${sessionId}/tokens`)).status).toBe(404);
  });

  it('are refused for a foreign organization', async () => {
    const answer = await client.post(`/client/sessions/${sessionId}/tokens`, { organization_id: 'org_1' });
    expect([answer.status, errorOf(answer).code]).toEqual([404, 'organization_not_found_or_unauthorized']);
  });
});

describe('a session', () => {
  it('is touched with a fresh token in the same answer', async () => {
    const form = { active_organization_id: '', intent: 'select_session' };
    const { json } = await client.post(`/client/sessions/${sessionId}/touch`, form);
    await verify(json.response.last_active_token.jwt);
    expect(json.client.last_active_session_id).toBe(sessionId);
  });

  it('can be read until it ends', async () => {
    expect((await client.call(`/client/sessions/${sessionId}`)).json.response.status).toBe('active');
    const ended = await client.post(`/client/sessions/${sessionId}/end`);
    expect(ended.json.response.status).toBe('ended');
    expect(ended.json.client.sessions).toEqual([]);
    expect((await client.call(`/client/sessions/${sessionId}`)).status).toBe(404);
    expect((await client.post(`/client/sessions/${sessionId}/touch`)).status).toBe(404);
  });

  it('expires after seven days', async () => {
    await emulator.control.configure({ clockOffsetSeconds: 8 * 24 * 3600 });
    expect(await client.sessionIds()).toEqual([]);
    expect((await client.post(`/client/sessions/${sessionId}/tokens`)).status).toBe(404);
  });
});

describe('sign-out', () => {
  it('of one session leaves the others', async () => {
    await emulator.control.configure({ singleSessionMode: false });
    await emulator.control.createUser({ emailAddress: 'grace@example.com', password: 'nanosecond' });
    const second = await client.signIn('grace@example.com', 'nanosecond');
    const removed = await client.post(`/client/sessions/${second}/remove`);
    expect(removed.json.response.status).toBe('removed');
    expect(removed.json.client.last_active_session_id).toBe(sessionId);
    expect(await client.sessionIds()).toEqual([sessionId]);
  });

  it('of all keeps the client and its credential', async () => {
    const { json } = await client.call('/client/sessions', { method: 'DELETE' });
    expect(json.response).toMatchObject({ object: 'client', sessions: [], sign_in: null, sign_up: null });
    expect(json.client.id).toBe(json.response.id);
    expect((await client.call('/client')).json.response.id).toBe(json.response.id);
    const [session] = await emulator.control.listSessions();
    expect(session?.status).toBe('removed');
  });

  it('with the client forgets the client and tells the extension so', async () => {
    const answer = await client.call('/client', { method: 'DELETE' });
    expect(answer.headers.authorization).toBe('Bearer');
    expect(client.credential).toBeNull();
    expect((await client.call('/client')).json).toEqual({ response: null, client: null });
  });

  it('without a client changes nothing', async () => {
    const { status, json } = await new FapiClient(emulator).call('/client/sessions', { method: 'DELETE' });
    expect([status, json]).toEqual([200, { response: null, client: null }]);
  });
});
