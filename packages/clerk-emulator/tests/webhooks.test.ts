// @vitest-environment node
import { createClerkClient } from '@clerk/backend';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../src/frontend-api-client.ts';
import {
  createControlClient,
  type Settings,
  startEmulator,
  type WebhookDefect,
  type WebhookEndpoint,
  type WebhookPayload,
} from '../src/index.ts';
import { client, emulator, withEmulator } from '../src/vitest.ts';
import { Deliveries } from '../src/webhooks/deliveries.ts';
import { type Received, type Receiver, startReceiver, typesOf, verify } from './support/receiver.ts';

const SECRET = `whsec_${Buffer.from('a secret of this test, and no other').toString('base64')}`;

let receiver: Receiver;
let endpointId: string;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());

// 5 s, 5 min, … become 5 ms, 300 ms, …
withEmulator({ settings: { organizations: true, webhookRetryScale: 0.001, signUpMode: 'public' } });
beforeEach(async () => {
  ({ endpointId } = await emulator.control.addWebhook({ url: receiver.url, signingSecret: SECRET }));
});
afterEach(() => {
  receiver.received.length = 0;
  receiver.answers.length = 0;
});

const ada = () => emulator.seededPeople[0].userId;
const charles = () => emulator.seededPeople[1].userId;
const globex = () => emulator.seededOrganizations[0].organizationId;

/** Waits for so many requests, and a little longer, in which no more may come. */
async function receive(count: number): Promise<Received[]> {
  await until(async () => receiver.received.length >= count);
  await new Promise((resolve) => setTimeout(resolve, 40));
  return [...receiver.received];
}

/** The types of what something brings about, and nothing else. */
async function typesAfter(count: number, act: () => Promise<unknown>): Promise<string[]> {
  await act();
  return typesOf(await receive(count));
}

function backend() {
  const { secretKey, publishableKey, apiUrl } = emulator;
  return createClerkClient({ secretKey, publishableKey, apiUrl, telemetry: { disabled: true } });
}

describe('a webhook', () => {
  it('is taken by verifyWebhook of @clerk/backend, in the form of Clerk', async () => {
    const before = Date.now();
    const { userId } = await emulator.control.createUser({
      emailAddress: 'grace@example.com',
      firstName: 'Grace',
      privateMetadata: { customer: 'cus_1' },
    });
    const [received] = await receive(1);
    const event = await verify(received as Received, SECRET);
    expect(event).toMatchObject({
      object: 'event',
      type: 'user.created',
      instance_id: expect.stringMatching(/^ins_/),
      event_attributes: { http_request: { client_ip: '', user_agent: '' } },
      data: {
        object: 'user',
        id: userId,
        first_name: 'Grace',
        email_addresses: [{ email_address: 'grace@example.com' }],
        private_metadata: { customer: 'cus_1' },
      },
    });
    expect(event.timestamp).toBeGreaterThanOrEqual(before);
    expect(received?.headers).toMatchObject({
      'content-type': 'application/json',
      'svix-id': expect.stringMatching(/^msg_\w{27}$/),
      'svix-timestamp': expect.stringMatching(/^\d{10}$/),
      'svix-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
    });
  });

  it('is refused with another secret', async () => {
    await emulator.control.sendWebhook({ type: 'user.updated' });
    const [received] = await receive(1);
    await expect(verify(received as Received, SECRET.replace('whsec_Y', 'whsec_Z'))).rejects.toThrow(
      'signature',
    );
  });

  it('names the request that brought it about', async () => {
    await client.signIn();
    const events = (await receive(2)).map(({ body }) => JSON.parse(body));
    expect(events[0].event_attributes.http_request.client_ip).toMatch(/^(127\.0\.0\.1|::1)$/);
    await backend().users.updateUserMetadata(ada(), { publicMetadata: { a: 1 } });
    const event = JSON.parse((await receive(3))[2]?.body ?? '');
    expect(event.event_attributes.http_request.user_agent).toContain('@clerk/backend');
  });

  it('goes to those only who take its type', async () => {
    await emulator.control.removeWebhook(endpointId);
    await emulator.control.addWebhook({ url: receiver.url, events: ['user.deleted'] });
    const { userId } = await emulator.control.createUser({ emailAddress: 'grace@example.com' });
    expect(await typesAfter(1, () => emulator.control.deleteUser(userId))).toEqual(['user.deleted']);
  });
});

describe('what is told', () => {
  it('of a sign-in and of the ways in which a session ends', async () => {
    const { control } = emulator;
    let sessionId = '';
    const signIn = async () => {
      sessionId = await client.signIn();
    };
    expect(await typesAfter(2, signIn)).toEqual(['session.created', 'user.updated']);
    expect(await typesAfter(3, () => client.post(`/client/sessions/${sessionId}/end`))).toContain(
      'session.ended',
    );
    await signIn();
    expect(await typesAfter(6, () => client.post(`/client/sessions/${sessionId}/remove`))).toContain(
      'session.removed',
    );
    await signIn();
    expect(await typesAfter(9, () => control.revokeSession(sessionId))).toContain('session.revoked');
    const { data } = JSON.parse(receiver.received.at(-1)?.body ?? '');
    expect(data).toMatchObject({ id: sessionId, status: 'revoked', user_id: ada(), user: { id: ada() } });
  });

  it('of a sign-up: the person once, as it is at its end', async () => {
    const form = { email_address: 'grace+clerk_test@example.com', password: 'nanosecond' };
    const { json } = await client.post('/client/sign_ups', form);
    const path = `/client/sign_ups/${json.response.id}`;
    await client.post(`${path}/prepare_verification`, { strategy: 'email_code' });
    await client.post(`${path}/attempt_verification`, { strategy: 'email_code', code: '424242' });
    const received = await receive(2);
    expect(typesOf(received)).toEqual(['user.created', 'session.created']);
    expect(JSON.parse(received[0]?.body ?? '').data.last_sign_in_at).toEqual(expect.any(Number));
  });

  it('of a change in the profile', async () => {
    await client.signIn();
    await receive(2);
    expect(
      await typesAfter(3, () => client.call('/me', { method: 'PATCH', form: { first_name: 'Augusta' } })),
    ).toEqual(['session.created', 'user.updated', 'user.updated']);
    expect(JSON.parse(receiver.received[2]?.body ?? '').data.first_name).toBe('Augusta');
  });

  it('of somebody who is deleted: sessions and memberships first, each with who it was', async () => {
    await client.signIn();
    await receive(2);
    receiver.received.length = 0;
    await backend().users.deleteUser(ada());
    const received = await receive(4);
    expect(typesOf(received)).toEqual([
      'session.removed',
      'organizationMembership.deleted',
      'organizationMembership.deleted',
      'user.deleted',
    ]);
    const events = received.map(({ body }) => JSON.parse(body));
    expect(events[0].data.user.id).toBe(ada());
    expect(events[1].data).toMatchObject({
      organization: { id: globex() },
      public_user_data: { user_id: ada() },
    });
    expect(events[3].data).toEqual({ object: 'user', id: ada(), deleted: true });
  });

  it('of an organization and its members', async () => {
    const { organizations } = backend();
    const { id } = await organizations.createOrganization({ name: 'Acme', createdBy: ada() });
    await receive(2);
    const member = { organizationId: id, userId: charles() };
    await organizations.createOrganizationMembership({ ...member, role: 'org:member' });
    await receive(3);
    await emulator.control.setMembership(id, { userId: charles(), role: 'org:admin' });
    await receive(4);
    await organizations.updateOrganization(id, { name: 'Acme Ltd' });
    await receive(5);
    await organizations.deleteOrganizationMembership(member);
    await receive(6);
    await organizations.deleteOrganization(id);
    const received = await receive(8);
    expect(typesOf(received)).toEqual([
      'organization.created',
      'organizationMembership.created',
      'organizationMembership.created',
      'organizationMembership.updated',
      'organization.updated',
      'organizationMembership.deleted',
      'organizationMembership.deleted',
      'organization.deleted',
    ]);
    const data = received.map(({ body }) => JSON.parse(body).data);
    expect(data[0]).toMatchObject({ id, created_by: ada(), members_count: 1 });
    expect(data[3]).toMatchObject({ role: 'org:admin', public_user_data: { user_id: charles() } });
    expect(data[4].name).toBe('Acme Ltd');
    expect(data[7]).toEqual({ object: 'organization', id, slug: 'acme', deleted: true });
  });

  it('of metadata, by any of the three ways', async () => {
    await backend().users.updateUserMetadata(ada(), { publicMetadata: { plan: 'pro' } });
    await receive(1);
    await emulator.control.updateUser(ada(), { publicMetadata: { plan: 'free' } });
    await receive(2);
    await client.signIn();
    await receive(4);
    await client.call('/me/metadata', { method: 'PATCH', form: { unsafe_metadata: '{"theme":"dark"}' } });
    const events = (await receive(5)).map(({ body }) => JSON.parse(body));
    expect(events.map(({ data }) => data.public_metadata?.plan)).toEqual([
      'pro',
      'free',
      undefined,
      'free',
      'free',
    ]);
    expect(events[4].data.unsafe_metadata).toEqual({ theme: 'dark' });
  });
});

describe('a delivery', () => {
  const last = async () => (await emulator.control.listWebhookDeliveries()).at(-1);

  it('is tried again with the same id and body, signed anew, until it is taken', async () => {
    receiver.answers.push(500, 301);
    await emulator.control.updateUser(ada(), { firstName: 'Augusta' });
    const received = await receive(3);
    expect(new Set(received.map(({ headers }) => headers['svix-id'])).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    for (const one of received) await verify(one, SECRET);
    const delivery = await last();
    expect(delivery).toMatchObject({
      type: 'user.updated',
      url: receiver.url,
      status: 'succeeded',
      nextAttemptAt: null,
    });
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 301, 200]);
    const [first, second, third] = (delivery?.attempts ?? []).map(({ at }) => at) as [number, number, number];
    expect(second - first).toBeLessThan(third - second);
    expect(third - second).toBeGreaterThanOrEqual(299);
  });

  it('waits as Svix does, and is given up after the eighth attempt', async () => {
    await emulator.control.configure({ webhookRetryScale: 1 });
    receiver.answers.push(500);
    const at = Date.now();
    const [delivery] = await emulator.control.sendWebhook({ type: 'user.updated' });
    expect(delivery?.status).toBe('pending');
    expect((delivery?.nextAttemptAt ?? 0) - at).toBeGreaterThanOrEqual(5000);
    await emulator.control.configure({ webhookRetryScale: 0 });
    receiver.answers.push(...Array.from({ length: 9 }, () => 503));
    const [second] = await emulator.control.sendWebhook({ type: 'user.updated' });
    await until(async () => (await last())?.status === 'failed');
    expect((await last())?.attempts).toHaveLength(8);
    expect((await last())?.messageId).toBe(second?.messageId);
  });

  it('is not taken by a server that does not answer in time, or is not there', async () => {
    await emulator.control.configure({ webhookTimeoutMs: 50, webhookRetryScale: 1 });
    receiver.answers.push(null);
    const [late] = await emulator.control.sendWebhook({ type: 'user.updated' });
    expect(late).toMatchObject({
      status: 'pending',
      attempts: [{ status: null, error: 'no answer within 50 ms' }],
    });
    await emulator.control.removeWebhook(endpointId);
    const gone = await startReceiver();
    await gone.close();
    await emulator.control.addWebhook({ url: gone.url });
    const [missing] = await emulator.control.sendWebhook({ type: 'user.updated' });
    expect(missing?.attempts).toMatchObject([
      { status: null, error: expect.stringContaining('ECONNREFUSED') },
    ]);
  });

  it('ends with its endpoint and with a reset', async () => {
    const { control } = emulator;
    await control.configure({ webhookRetryScale: 0.01 });
    receiver.answers.push(500, 500);
    await control.sendWebhook({ type: 'user.updated' });
    await control.removeWebhook(endpointId);
    expect(await last()).toMatchObject({ status: 'failed', nextAttemptAt: null });
    await control.addWebhook({ url: receiver.url });
    await control.sendWebhook({ type: 'user.updated' });
    await control.reset();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(receiver.received).toHaveLength(2);
    expect([await control.listWebhooks(), await control.listWebhookDeliveries()]).toEqual([[], []]);
  });

  it('of what happens arrives in its order, also if the first one is slow', async () => {
    await emulator.control.configure({ webhookTimeoutMs: 100, webhookRetryScale: 1 });
    receiver.answers.push(null);
    for (const firstName of ['A', 'B', 'C']) {
      await emulator.control.updateUser(ada(), { firstName });
      await emulator.control.listWebhookDeliveries();
    }
    const received = await receive(3);
    expect(received.map(({ body }) => JSON.parse(body).data.first_name)).toEqual(['A', 'B', 'C']);
  });

  it('can be held, and sent the other way round', async () => {
    const { control } = emulator;
    await control.holdWebhooks();
    const { userId } = await control.createUser({ emailAddress: 'grace@example.com' });
    await control.listWebhookDeliveries();
    await control.updateUser(userId, { firstName: 'Grace' });
    await control.deleteUser(userId);
    expect(await receive(0)).toEqual([]);
    expect((await control.listWebhookDeliveries()).map(({ status }) => status)).toEqual([
      'held',
      'held',
      'held',
    ]);
    const released = await control.releaseWebhooks({ isReversed: true });
    expect(released.map(({ type, status }) => [type, status])).toEqual([
      ['user.deleted', 'succeeded'],
      ['user.updated', 'succeeded'],
      ['user.created', 'succeeded'],
    ]);
    expect(typesOf(receiver.received)).toEqual(['user.deleted', 'user.updated', 'user.created']);
    const times = receiver.received.map(({ body }) => JSON.parse(body).timestamp);
    expect(times).toEqual(times.toSorted().toReversed());
    await control.updateUser(ada(), { firstName: 'Augusta' });
    expect(await receive(4)).toHaveLength(4);
  });
});

describe('a message on demand', () => {
  it.each([
    [{ type: 'user.updated' }, () => ({ id: ada() })],
    [{ type: 'user.created', emailAddress: 'CHARLES@example.com' }, () => ({ id: charles() })],
    [{ type: 'user.deleted', id: 'user_gone' }, () => ({ object: 'user', id: 'user_gone', deleted: true })],
    [{ type: 'organization.updated', id: 'globex' }, () => ({ id: globex() })],
    [
      { type: 'organizationMembership.updated', emailAddress: 'charles@example.com' },
      () => ({ role: 'org:member', organization: { id: globex() } }),
    ],
    [{ type: 'user.updated', data: { id: 'user_1' } }, () => ({ id: 'user_1' })],
  ] as const)('is sent at once: %j', async (message, expected) => {
    const deliveries = await emulator.control.sendWebhook(message);
    expect(deliveries).toMatchObject([{ type: message.type, status: 'succeeded' }]);
    const event = await verify(receiver.received[0] as Received, SECRET);
    expect(event.data).toMatchObject(expected());
  });

  it('is about the newest session of somebody', async () => {
    const sessionId = await client.signIn();
    const [delivery] = await emulator.control.sendWebhook({ type: 'session.created' });
    expect(delivery?.payload.data).toMatchObject({ id: sessionId, user_id: ada() });
  });

  it('may be older than what was sent', async () => {
    const [delivery] = await emulator.control.sendWebhook({ type: 'user.updated', timestamp: 1000 });
    expect(delivery?.payload.timestamp).toBe(1000);
    // It is the event that is old, not the delivery.
    await verify(receiver.received[0] as Received, SECRET);
  });

  it.each([
    ['wrong-signature', 'No matching signature'],
    ['other-secret', 'No matching signature'],
    ['changed-body', 'No matching signature'],
    ['stale-timestamp', 'too old'],
    ['future-timestamp', 'too new'],
    ['missing-id', 'svix-id'],
    ['missing-timestamp', 'svix-timestamp'],
    ['missing-signature', 'svix-signature'],
  ] as [WebhookDefect, string][])(
    'is refused with the defect %s, and not tried again',
    async (defect, reason) => {
      receiver.answers.push(400);
      const [delivery] = await emulator.control.sendWebhook({ type: 'user.updated', defect });
      expect(delivery).toMatchObject({ status: 'failed', attempts: [{ status: 400 }] });
      const [received] = await receive(1);
      await expect(verify(received as Received, SECRET)).rejects.toThrow(reason);
      expect(receiver.received).toHaveLength(1);
    },
  );

  it('comes in copies, all of one id', async () => {
    const deliveries = await emulator.control.sendWebhook({ type: 'user.updated', copies: 20 });
    expect(deliveries).toHaveLength(20);
    expect(new Set(receiver.received.map(({ headers }) => headers['svix-id'])).size).toBe(1);
    expect(receiver.received).toHaveLength(20);
  });

  it('is sent again with its id', async () => {
    await emulator.control.updateUser(ada(), { firstName: 'Augusta' });
    const [first] = await receive(1);
    const messageId = first?.headers['svix-id'] ?? '';
    await emulator.control.updateUser(ada(), { firstName: 'Ada' });
    const [delivery] = await emulator.control.redeliverWebhook(messageId);
    expect(delivery).toMatchObject({ messageId, status: 'succeeded' });
    const again = receiver.received.filter(({ headers }) => headers['svix-id'] === messageId);
    expect(again.map(({ body }) => body)).toEqual([first?.body, first?.body]);
    await emulator.control.redeliverWebhook(messageId, { defect: 'stale-timestamp', copies: 2 });
    expect((await emulator.control.listWebhookDeliveries()).slice(-2)).toMatchObject([
      { messageId },
      { messageId },
    ]);
  });
});

describe('a mistake is told in a sentence', () => {
  it.each([
    [
      'no address',
      () => emulator.control.addWebhook({ url: 'localhost' }),
      '"url" must be an address such as',
    ],
    [
      'an event that there is not',
      () => emulator.control.addWebhook({ url: receiver.url, events: ['user.born' as never] }),
      '"events" must be a list, each item one of user.created',
    ],
    [
      'an unknown type',
      () => emulator.control.sendWebhook({ type: 'email.created' as never }),
      '"type" must be one of user.created',
    ],
    [
      'nobody',
      () => emulator.control.sendWebhook({ type: 'user.updated', emailAddress: 'nobody@example.com' }),
      'there is no user of nobody@example.com',
    ],
    [
      'no session',
      () => emulator.control.sendWebhook({ type: 'session.ended' }),
      'there is no session of the seeded user',
    ],
    ['an unknown message', () => emulator.control.redeliverWebhook('msg_1'), 'there is no message "msg_1"'],
    ['an unknown endpoint', () => emulator.control.removeWebhook('ep_1'), 'there is no webhook "ep_1"'],
  ])('%s', async (_, call, sentence) => {
    await expect(call()).rejects.toThrow(sentence);
  });

  it('without the secret in it', async () => {
    const signingSecret = 'whsec_not base64';
    const call = emulator.control.addWebhook({ url: receiver.url, signingSecret });
    await expect(call).rejects.toThrow('"signingSecret" must be a signing secret, "whsec_" and base64');
    await expect(call).rejects.not.toThrow('not base64');
    await expect(startEmulator({ secretKey: 'pk_live_wrong' })).rejects.toThrow(
      '"secretKey" must be a secret key',
    );
    await expect(startEmulator({ secretKey: 'pk_live_wrong' })).rejects.not.toThrow('pk_live_wrong');
  });

  it('when nobody is told', async () => {
    await emulator.control.removeWebhook(endpointId);
    await expect(emulator.control.sendWebhook({ type: 'user.updated' })).rejects.toThrow('no webhook takes');
  });
});

it('is done from another process, too', async () => {
  const control = createControlClient(emulator.url);
  const { endpointId: second, signingSecret } = await control.addWebhook({
    url: receiver.url,
    events: ['user.updated'],
  });
  expect(signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
  const [, delivery] = await control.sendWebhook({ type: 'user.updated' });
  await verify(receiver.received[1] as Received, signingSecret);
  expect(await control.redeliverWebhook(delivery?.messageId ?? '')).toHaveLength(2);
  await control.holdWebhooks();
  await control.updateUser(ada(), { firstName: 'Augusta' });
  expect((await control.listWebhookDeliveries()).filter(({ status }) => status === 'held')).toHaveLength(2);
  expect(await control.releaseWebhooks()).toHaveLength(2);
  await control.removeWebhook(second);
  expect((await control.listWebhooks()).map(({ url }) => url)).toEqual([receiver.url]);
});

it('is in the options and there again after a reset, and tells nothing of who is there from the start', async () => {
  const secretKey = 'sk_test_of_this_test';
  const other = await startEmulator({
    secretKey,
    webhooks: [{ url: receiver.url }],
    instance: 'development',
  });
  try {
    const [webhook] = other.webhooks;
    expect([other.secretKey, webhook?.url]).toEqual([secretKey, receiver.url]);
    await other.control.reset();
    expect(await other.control.listWebhooks()).toEqual([webhook]);
    await other.control.updateUser(other.seededUser.userId, { firstName: 'Augusta' });
    const received = await receive(1);
    expect(typesOf(received)).toEqual(['user.updated']);
    await verify(received[0] as Received, webhook?.signingSecret ?? '');
  } finally {
    await other.close();
  }
});

it('forgets the oldest delivery of too many, and sends it no more', async () => {
  receiver.answers.push(500);
  const settings = { webhookRetryScale: 0.01, webhookTimeoutMs: 5000 } as Settings;
  const deliveries = new Deliveries(settings, () => {});
  onTestFinished(() => deliveries.clear());
  const message = { id: 'msg_1', payload: {} as WebhookPayload, body: '{}' };
  const endpoint = {
    endpointId: 'ep_1',
    url: receiver.url,
    signingSecret: 'whsec_b2YgdGhpcyBlbnZpcm9ubWVudA==',
  };
  await deliveries.start(deliveries.add(message, endpoint as WebhookEndpoint));
  expect(deliveries.all()).toMatchObject([{ status: 'pending', nextAttemptAt: expect.any(Number) }]);
  for (let count = 0; count < 10_000; count += 1) deliveries.add(message, endpoint as WebhookEndpoint);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(receiver.received).toHaveLength(1);
});
