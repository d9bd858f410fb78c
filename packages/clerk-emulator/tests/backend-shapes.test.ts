// @vitest-environment node
import * as v from 'valibot';
import { beforeEach, expect, it } from 'vitest';
import { send } from '../src/frontend-api-client.ts';
import type { WebhookEventType } from '../src/index.ts';
import { client, emulator, withEmulator } from '../src/vitest.ts';
import * as shapes from './support/backend-shapes.ts';

const settings = { organizations: true, phoneNumbers: true, socialProviders: ['oauth_google'] };
withEmulator({ settings });

let userId: string;
let sessionId: string;
beforeEach(async () => {
  const { control } = emulator;
  ({ userId } = await control.createUser({
    emailAddress: 'grace@example.com',
    password: 'nanosecond',
    username: 'grace',
    phoneNumber: '+15555550100',
    totpSecret: 'JBSWY3DPEHPK3PXP',
    externalAccounts: [{ strategy: 'oauth_google' }],
    privateMetadata: { customer: 'cus_1' },
  }));
  await control.setMembership('globex', { userId, role: 'org:member' });
  sessionId = await client.signIn();
});

/** What does not conform, and where. */
function differences(schema: v.GenericSchema, json: unknown): string[] {
  const { issues = [] } = v.safeParse(schema, json);
  return issues.map((issue) => `${v.getDotPath(issue) ?? '(root)'}: ${issue.message}`);
}

it.each([
  [() => `/users/${userId}`, shapes.user],
  [() => '/users', v.pipe(shapes.list, v.minLength(4))],
  [() => '/users/count', v.strictObject({ object: v.literal('total_count'), total_count: v.literal(4) })],
  [() => `/users/${userId}/organization_memberships`, shapes.pageOf(shapes.membership)],
  [() => `/sessions/${sessionId}`, shapes.session],
  [() => '/sessions?paginated=true', shapes.pageOf(shapes.session)],
  [() => '/organizations', shapes.pageOf(shapes.organization)],
  [() => '/organizations/globex?include_members_count=true', shapes.organization],
  [() => '/organizations/globex/memberships', shapes.pageOf(shapes.membership)],
])('GET %s conforms to the document', async (path, schema) => {
  const headers = { authorization: `Bearer ${emulator.secretKey}` };
  const { status, json } = await send(emulator, `/v1${path()}`, { headers });
  expect([status, differences(schema, json)]).toEqual([200, []]);
});

it.each([
  [() => `/users/${userId}`, shapes.deleted],
  [() => '/organizations/globex', shapes.deleted],
  [() => `/organizations/globex/memberships/${userId}`, shapes.membership],
])('DELETE %s conforms to the document', async (path, schema) => {
  const headers = { authorization: `Bearer ${emulator.secretKey}` };
  const { status, json } = await send(emulator, `/v1${path()}`, { method: 'DELETE', headers });
  expect([status, differences(schema, json)]).toEqual([200, []]);
});

it.each([
  ['user.created', shapes.user],
  ['user.updated', shapes.user],
  ['user.deleted', shapes.deleted],
  ['session.created', shapes.sessionOfEvent],
  ['session.revoked', shapes.sessionOfEvent],
  ['organization.updated', shapes.organization],
  ['organization.deleted', shapes.deleted],
  ['organizationMembership.created', shapes.membership],
  ['organizationMembership.deleted', shapes.membership],
] as [WebhookEventType, v.GenericSchema][])(
  'the webhook %s conforms to the document',
  async (type, schema) => {
    // Nobody has to be there to take it.
    await emulator.control.configure({ webhookRetryScale: 1 });
    await emulator.control.addWebhook({ url: 'http://127.0.0.1:1/' });
    const [delivery] = await emulator.control.sendWebhook({ type });
    expect(differences(shapes.eventOf(schema), delivery?.payload)).toEqual([]);
  },
);
