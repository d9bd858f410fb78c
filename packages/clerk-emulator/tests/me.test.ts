// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import { errorOf, FapiClient, send } from '../src/frontend-api-client.ts';
import { client, emulator, withCheckedEmulator } from './support/checked.ts';

withCheckedEmulator();
beforeEach(async () => {
  await client.signIn();
});

const patch = (path: string, form: Record<string, string>) => client.call(path, { method: 'PATCH', form });

describe('/me', () => {
  it('needs a session', async () => {
    const stranger = new FapiClient(emulator);
    const answer = await stranger.call('/me');
    expect([answer.status, errorOf(answer).code]).toEqual([401, 'authentication_invalid']);
    const other = await client.call('/me', { query: { _clerk_session_id: 'sess_other' } });
    expect(other.status).toBe(401);
  });

  it('answers the user and takes new names; an empty one clears', async () => {
    const before = (await client.call('/me')).json.response;
    const { json } = await patch('/me', { first_name: 'Augusta', last_name: '' });
    expect(json.response).toMatchObject({ first_name: 'Augusta', last_name: null });
    expect(json.response.updated_at).toBeGreaterThan(before.updated_at);
    expect(json.client.sessions[0].user.first_name).toBe('Augusta');
  });

  it('merges metadata, deletes by null and keeps hostile keys harmless', async () => {
    await patch('/me/metadata', { unsafe_metadata: '{"a":1,"b":{"c":2,"d":3}}' });
    const second = await patch('/me/metadata', {
      unsafe_metadata: '{"a":null,"b":{"c":null},"__proto__":{"x":1}}',
    });
    expect(Object.keys(second.json.response.unsafe_metadata)).toEqual(['b', '__proto__']);
    expect(second.json.response.unsafe_metadata.b).toEqual({ d: 3 });
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('changes the password, which signs the others out on demand', async () => {
    const elsewhere = new FapiClient(emulator);
    await elsewhere.signIn();
    const wrong = await client.post('/me/change_password', {
      current_password: 'no',
      new_password: 'analytical',
    });
    expect(errorOf(wrong)).toMatchObject({
      code: 'form_password_incorrect',
      meta: { param_name: 'current_password' },
    });
    const current_password = emulator.seededUser.password;
    const form = { current_password, new_password: 'analytical', sign_out_of_other_sessions: 'true' };
    expect((await client.post('/me/change_password', form)).status).toBe(200);
    expect(await elsewhere.sessionIds()).toEqual([]);
    expect(await client.sessionIds()).toHaveLength(1);
    await elsewhere.signIn('ada@example.com', 'analytical');
  });

  it('deletes the account and its sessions', async () => {
    const { json } = await client.call('/me', { method: 'DELETE' });
    expect(json.response).toEqual({ object: 'user', id: emulator.seededUser.userId, deleted: true });
    expect(json.client.sessions).toEqual([]);
    expect(errorOf(await client.startSignIn()).code).toBe('form_identifier_not_found');
  });
});

describe('/me/email_addresses', () => {
  async function add(): Promise<string> {
    const { json } = await client.post('/me/email_addresses/', { email_address: 'countess@example.com' });
    return json.response.id;
  }

  it('adds, verifies and makes primary', async () => {
    const id = await add();
    expect((await patch('/me', { primary_email_address_id: id })).status).toBe(403);
    await client.post(`/me/email_addresses/${id}/prepare_verification`, { strategy: 'email_code' });
    const mail = await emulator.control.lastMail('countess@example.com');
    expect(mail?.purpose).toBe('verify-email-address');
    const verified = await client.post(`/me/email_addresses/${id}/attempt_verification`, {
      code: mail?.code ?? '',
    });
    expect(verified.json.response.verification.status).toBe('verified');
    const { json } = await patch('/me', { primary_email_address_id: id });
    expect(json.response.primary_email_address_id).toBe(id);
    await new FapiClient(emulator).signIn('countess@example.com');
  });

  it('cannot sign in by an address that is not verified', async () => {
    await add();
    const answer = await new FapiClient(emulator).startSignIn('countess@example.com');
    expect(errorOf(answer).code).toBe('form_identifier_not_found');
  });

  it('removes one, but never the last verified one', async () => {
    const id = await add();
    const removed = await client.call(`/me/email_addresses/${id}`, { method: 'DELETE' });
    expect(removed.json.response).toEqual({ object: 'email_address', id, deleted: true });
    const [last] = (await client.call('/me/email_addresses')).json;
    const refused = await client.call(`/me/email_addresses/${last.id}`, { method: 'DELETE' });
    expect([refused.status, errorOf(refused).code]).toEqual([403, 'resource_forbidden']);
  });

  it('refuses an address twice and an unknown id', async () => {
    await add();
    const again = await client.post('/me/email_addresses', { email_address: 'COUNTESS@example.com' });
    expect(errorOf(again).code).toBe('form_identifier_exists');
    expect((await client.call('/me/email_addresses/idn_nope')).status).toBe(404);
  });
});

describe('/me/sessions', () => {
  it('lists the devices as a bare array and revokes one', async () => {
    const elsewhere = new FapiClient(emulator);
    const other = await elsewhere.signIn();
    const { json } = await client.call('/me/sessions/active');
    expect(json).toHaveLength(2);
    expect(json[0]).toMatchObject({
      object: 'session',
      user: null,
      latest_activity: { ip_address: '127.0.0.1' },
    });
    const revoked = await client.post(`/me/sessions/${other}/revoke`);
    expect(revoked.json.response.status).toBe('revoked');
    expect(await elsewhere.sessionIds()).toEqual([]);
  });

  it('lists all sessions, ended ones too, each with its user and none with a token', async () => {
    const elsewhere = new FapiClient(emulator);
    const other = await elsewhere.signIn();
    await elsewhere.post(`/client/sessions/${other}/end`);
    const { json } = await client.call('/me/sessions');
    expect(json.map((session: { status: string }) => session.status)).toEqual(['active', 'ended']);
    expect(json[1]).toMatchObject({ last_active_token: null, user: { first_name: 'Ada' } });
  });

  it('revokes no session of somebody else', async () => {
    await emulator.control.createUser({ emailAddress: 'grace@example.com', password: 'nanosecond' });
    const other = await new FapiClient(emulator).signIn('grace@example.com', 'nanosecond');
    expect((await client.post(`/me/sessions/${other}/revoke`)).status).toBe(404);
  });
});

describe('/me/profile_image', () => {
  const upload = (type: string) =>
    client.call('/me/profile_image', { method: 'POST', body: 'picture', headers: { 'content-type': type } });

  it('is stored, served and removed', async () => {
    const { json } = await upload('image/png');
    const path = new URL(json.response.public_url).pathname;
    const image = await send(emulator, path);
    expect([image.text, image.headers['content-type']]).toEqual(['picture', 'image/png']);
    expect(json.client.sessions[0].user).toMatchObject({
      has_image: true,
      image_url: json.response.public_url,
    });
    await client.call('/me/profile_image', { method: 'DELETE' });
    expect((await send(emulator, path)).status).toBe(404);
  });

  it('comes as a multipart file too', async () => {
    const type = 'multipart/form-data; boundary=x';
    const part = 'Content-Disposition: form-data; name="file"; filename="a.gif"\r\nContent-Type: image/gif';
    const body = `--x\r\n${part}\r\n\r\nGIF\r\n--x--\r\n`;
    const headers = { 'content-type': type };
    const { json } = await client.call('/me/profile_image', { method: 'POST', body, headers });
    const image = await send(emulator, new URL(json.response.public_url).pathname);
    expect([image.text, image.headers['content-type']]).toEqual(['GIF', 'image/gif']);
  });

  it('is never served as a document', async () => {
    const { json } = await upload('text/html');
    const image = await send(emulator, new URL(json.response.public_url).pathname);
    expect(image.headers['content-type']).toBe('application/octet-stream');
  });
});

describe('organization lists', () => {
  it.each(['memberships', 'invitations', 'suggestions'])('%s are empty', async (name) => {
    const { json } = await client.call(`/me/organization_${name}`, { query: { paginated: 'true' } });
    expect(json.response).toEqual({ data: [], total_count: 0 });
  });
});
