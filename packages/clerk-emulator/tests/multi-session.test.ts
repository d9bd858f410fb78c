// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { errorOf, FapiClient } from '../src/frontend-api-client.ts';
import { CheckedClient, client, emulator, withCheckedEmulator } from './support/checked.ts';

withCheckedEmulator({ singleSessionMode: false });

const lastActive = async () => (await client.call('/client')).json.response.last_active_session_id;
const signInCharles = () => {
  const [, charles] = emulator.seededPeople;
  return client.signIn(charles.emailAddress, charles.password);
};

describe('a client of several people', () => {
  it('keeps the first session when a second person signs in, whose session is the active one', async () => {
    const ada = await client.signIn();
    const charles = await signInCharles();
    expect(await client.sessionIds()).toEqual([ada, charles]);
    expect(await lastActive()).toBe(charles);
    expect((await client.call('/environment')).json.auth_config.single_session_mode).toBe(false);
  });

  it('refuses a person who is signed in already, and names the session', async () => {
    const ada = await client.signIn();
    await signInCharles();
    const again = await client.startSignIn();
    expect(again.status).toBe(400);
    expect(errorOf(again)).toMatchObject({
      code: 'identifier_already_signed_in',
      meta: { session_id: ada },
    });
    expect(await client.sessionIds()).toHaveLength(2);
  });

  it('refuses a second person where one session is all there is', async () => {
    const ada = await client.signIn();
    await emulator.control.configure({ singleSessionMode: true });
    const [, charles] = emulator.seededPeople;
    const refused = await client.startSignIn(charles.emailAddress);
    expect([refused.status, errorOf(refused).code]).toEqual([400, 'session_exists']);
    expect(await client.sessionIds()).toEqual([ada]);
  });

  it.each(['focus', 'select_session', 'select_org'])(
    'has the session active that was touched to %s',
    async (intent) => {
      const ada = await client.signIn();
      await signInCharles();
      const { json } = await client.post(`/client/sessions/${ada}/touch`, { intent });
      expect(json.response.id).toBe(ada);
      expect(json.client.last_active_session_id).toBe(ada);
      expect((await client.call('/me')).json.response.first_name).toBe('Ada');
    },
  );

  it('has the session active that was touched last, whatever the clock says', async () => {
    const ada = await client.signIn();
    const charles = await signInCharles();
    await emulator.control.configure({ clockOffsetSeconds: 60 });
    await client.touch(ada);
    await emulator.control.configure({ clockOffsetSeconds: 0 });
    await client.touch(charles);
    expect(await lastActive()).toBe(charles);
  });

  it('refuses a touch for a reason that there is not', async () => {
    const ada = await client.signIn();
    const refused = await client.post(`/client/sessions/${ada}/touch`, { intent: 'whim' });
    expect(refused.status).toBe(422);
    expect(errorOf(refused).meta).toEqual({ param_name: 'intent' });
  });

  it('has tokens of each session, by template too', async () => {
    const [ada, charles] = [await client.signIn(), await signInCharles()];
    const [first, second] = emulator.seededPeople;
    expect(await client.claims(ada)).toMatchObject({ sub: first.userId, sid: ada });
    expect(await client.claims(charles)).toMatchObject({ sub: second.userId, sid: charles });
    await emulator.control.createTemplate({
      name: 'mail',
      claims: { mail: '{{user.primary_email_address}}' },
    });
    const { jwt } = (await client.post(`/client/sessions/${ada}/tokens/mail`)).json;
    const claims = JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString());
    expect(claims.mail).toBe(first.emailAddress);
    expect(await lastActive()).toBe(charles);
  });

  it('answers about the person whose session a request names', async () => {
    const ada = await client.signIn();
    await signInCharles();
    expect((await client.call('/me')).json.response.first_name).toBe('Charles');
    const query = { _clerk_session_id: ada };
    expect((await client.call('/me', { query })).json.response.first_name).toBe('Ada');
  });

  it('has a session of its own for a sign-up', async () => {
    const ada = await client.signIn();
    const form = { email_address: 'tess+clerk_test@example.com', password: 'a long password' };
    const { id } = (await client.post('/client/sign_ups', form)).json.response;
    await client.post(`/client/sign_ups/${id}/prepare_verification`, { strategy: 'email_code' });
    const done = await client.post(`/client/sign_ups/${id}/attempt_verification`, {
      strategy: 'email_code',
      code: '424242',
    });
    expect(await client.sessionIds()).toEqual([ada, done.json.response.created_session_id]);
  });
});

describe('the end of one of several sessions', () => {
  it.each([
    ['remove', 'removed'],
    ['end', 'ended'],
  ])('by %s makes the other one active', async (step, status) => {
    const ada = await client.signIn();
    const charles = await signInCharles();
    const { json } = await client.post(`/client/sessions/${charles}/${step}`);
    expect(json.response).toMatchObject({ id: charles, status });
    expect(json.client.last_active_session_id).toBe(ada);
    expect((await client.call('/me')).json.response.first_name).toBe('Ada');
    const token = await client.post(`/client/sessions/${charles}/tokens`);
    expect([token.status, errorOf(token).code]).toEqual([404, 'resource_not_found']);
    const again = await client.post(`/client/sessions/${charles}/${step}`);
    expect([again.status, errorOf(again).code]).toEqual([404, 'resource_not_found']);
  });

  it('elsewhere makes that one active that was used last', async () => {
    const [ada, charles] = [await client.signIn(), await signInCharles()];
    const [, , mary] = emulator.seededPeople;
    const third = await client.signIn(mary.emailAddress, mary.password);
    await emulator.control.configure({ clockOffsetSeconds: 1 });
    await client.touch(charles);
    await emulator.control.configure({ clockOffsetSeconds: 2 });
    await client.touch(third);
    await emulator.control.endSession(third);
    expect(await lastActive()).toBe(charles);
    expect(await client.sessionIds()).toEqual([ada, charles]);
  });

  it('leaves the active one active when it was another', async () => {
    const ada = await client.signIn();
    const charles = await signInCharles();
    const { json } = await client.post(`/client/sessions/${ada}/remove`);
    expect(json.client.last_active_session_id).toBe(charles);
  });

  it('of all leaves none', async () => {
    await client.signIn();
    await signInCharles();
    const { json } = await client.call('/client/sessions', { method: 'DELETE' });
    expect(json.client).toMatchObject({ sessions: [], last_active_session_id: null });
    const statuses = (await emulator.control.listSessions()).map(({ status }) => status);
    expect(statuses).toEqual(['removed', 'removed']);
  });
});

describe('sessions of others', () => {
  it('cannot be touched, ended or asked for tokens', async () => {
    const ada = await client.signIn();
    const stranger = new CheckedClient(emulator);
    const [, charles] = emulator.seededPeople;
    await stranger.signIn(charles.emailAddress, charles.password);
    for (const step of ['touch', 'end', 'remove', 'tokens']) {
      const answer = await stranger.post(`/client/sessions/${ada}/${step}`);
      expect([step, answer.status, errorOf(answer).code]).toEqual([step, 404, 'resource_not_found']);
    }
    expect(await client.sessionIds()).toEqual([ada]);
  });

  it('are told apart by the control surface', async () => {
    const [ada, charles] = [await client.signIn(), await signInCharles()];
    const elsewhere = await new FapiClient(emulator).signIn();
    const [{ clientId } = { clientId: '' }] = await emulator.control.listSessions();
    const here = await emulator.control.listSessions({ clientId });
    expect(here.map(({ sessionId, isLastActive }) => [sessionId, isLastActive])).toEqual([
      [ada, false],
      [charles, true],
    ]);
    const { userId } = emulator.seededUser;
    const ofAda = await emulator.control.listSessions({ userId });
    expect(ofAda.map(({ sessionId }) => sessionId)).toEqual([ada, elsewhere]);
  });
});
