// @vitest-environment node

import { PERMISSIVE_SETTINGS, startEmulator } from 'clerk-emulator';
import { emulator, withEmulator } from 'clerk-emulator/vitest';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { call, refusal } from './support/call.ts';
import { createMint, rewrite, signedByStranger, signedWithPublicKey, unsigned } from './support/forge.ts';
import { type Person, signIn } from './support/people.ts';
import {
  type ApiServer,
  CHROME,
  environmentFor,
  FIREFOX,
  startApi,
  temporaryFolder,
  WEB_APP,
} from './support/server.ts';
import { deliver } from './support/webhook.ts';

withEmulator({
  settings: { ...PERMISSIVE_SETTINGS, organizations: true },
  templates: [{ name: 'hasura', claims: { sid: 'sess_of_nobody' } }],
});

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let api: ApiServer;
let person: Person;

beforeAll(async () => {
  folder = await temporaryFolder();
  api = await startApi({ ...environmentFor(emulator), DATABASE: `${folder.path}/notes.sqlite` });
});
afterAll(async () => {
  await api?.stop();
  await folder?.remove();
});
beforeEach(async () => {
  person = await signIn(emulator);
});

const now = () => Math.floor(Date.now() / 1000);

describe('a real token', () => {
  it('says who asks, in which session and organization', async () => {
    const { status, json } = await call(`${api.url}/me`, { token: await person.token() });
    const { userId, sessionId } = person;
    expect([status, json]).toEqual([200, { userId, sessionId, orgId: null }]);

    const { organizationId } = emulator.seededOrganizations[0];
    const token = await person.token({ organizationId });
    expect((await call(`${api.url}/me`, { token })).json).toEqual({
      userId,
      sessionId,
      orgId: organizationId,
    });
  });

  it('is the person’s on the way of a web page, too: in the cookie "__session"', async () => {
    const token = await person.token({ origin: WEB_APP });
    const headers = { cookie: `theme=dark; __session=${token}; __client_uat=1` };
    expect((await call(`${api.url}/me`, { headers })).json).toMatchObject({ sessionId: person.sessionId });
  });

  it('in the header counts before one in a cookie', async () => {
    const other = await signIn(emulator);
    const cookie = `__session=${await other.token()}; __client_uat=1`;
    const { json } = await call(`${api.url}/me`, { token: await person.token(), headers: { cookie } });
    expect(json.sessionId).toBe(person.sessionId);
  });
});

/** What is wrong, how it is made of a real token, and the answer. */
type Row = [what: string, make: (token: string) => string | Promise<string>, code: string];

const FORGED: Row[] = [
  ['without a signature', (token) => unsigned(token), 'token-refused'],
  ['with an empty signature', (token) => `${token.slice(0, token.lastIndexOf('.'))}.`, 'token-refused'],
  ['with one letter of the signature changed', (token) => changeSignature(token), 'token-refused'],
  [
    'signed with the public key as a secret',
    (token) => signedWithPublicKey(token, emulator.jwtKey),
    'token-refused',
  ],
  ['signed by a stranger', (token) => signedByStranger(token), 'token-refused'],
  [
    'signed by a stranger whose key is in the header',
    async (token) =>
      signedByStranger(token, { jwk: await exportJWK((await generateKeyPair('RS256')).publicKey) }),
    'token-refused',
  ],
  ['of another instance', () => tokenOfAnotherInstance(), 'token-refused'],
  ...['none', 'HS256', 'ES256', 'RS512', ''].map(
    (alg): Row => [
      `whose header says alg ${alg}`,
      (token) => rewrite(token, { header: { alg } }),
      'token-refused',
    ],
  ),
  ...[
    { typ: 'at+jwt' },
    { kid: 'ins_of_another' },
    { cat: 'cl_B7d4PD222AAA' },
    { cat: 'cl_B7d4PD333AAA' },
    { oiat: 1 },
    { crit: ['exp'] },
    { jku: 'https://evil.example/jwks.json' },
  ].map(
    (header): Row => [
      `whose header says ${JSON.stringify(header)}`,
      (token) => rewrite(token, { header }),
      'token-refused',
    ],
  ),
  ...[
    { sub: 'user_of_another' },
    { sid: 'sess_of_another' },
    { azp: WEB_APP },
    { azp: undefined },
    { iss: 'https://clerk.evil.example' },
    { exp: 9_999_999_999 },
    { nbf: 0 },
    { iat: 0 },
    { sts: 'pending' },
    { fva: [0, 0] },
    { v: 1 },
    { o: { id: 'org_of_another', rol: 'admin' } },
    { pla: 'u:pro' },
    { fea: 'u:export' },
    { act: { sub: 'user_support' } },
  ].map(
    (claims): Row => [
      `whose claims say ${JSON.stringify(claims)}`,
      (token) => rewrite(token, { claims }),
      'token-refused',
    ],
  ),
  ['that is no token', () => 'abc', 'token-refused'],
  ['that is three dots', () => '...', 'token-refused'],
  ['that is empty', () => '', 'token-refused'],
  ['that is a machine’s', () => `mt_${'a'.repeat(32)}`, 'token-refused'],
  ['that is an API key', () => `ak_${'a'.repeat(32)}`, 'token-refused'],
  ['that is an OAuth token', () => `oat_${'a'.repeat(32)}`, 'token-refused'],
  ['that is 7 kB of letters', () => 'a'.repeat(7000), 'token-refused'],
];

describe('a token', () => {
  test.each(FORGED)('%s is refused', async (_what, make, code) => {
    const token = await make(await person.token());
    await expectRefusedEverywhere(token, code);
  });

  test('of a template is refused', async () => {
    await expectRefusedEverywhere(await person.token({ template: 'hasura' }), 'token-refused');
  });

  test('that is over is refused', async () => {
    await emulator.control.configure({ clockOffsetSeconds: -70 });
    await expectRefusedEverywhere(await person.token(), 'token-refused');
  });

  test('that is not yet valid is refused', async () => {
    await emulator.control.configure({ clockOffsetSeconds: 90 });
    await expectRefusedEverywhere(await person.token(), 'token-refused');
  });

  test.each([
    ['another extension', `chrome-extension://${'b'.repeat(32)}`],
    ['Firefox’s extension', FIREFOX],
    ['a foreign site', 'https://evil.example'],
    ['nobody', null],
  ])('that was made for %s is refused', async (_who, origin) => {
    await expectRefusedEverywhere(await person.token({ origin }), 'foreign-party');
  });

  test('of a session that signed out since is refused as soon as the webhook tells it', async () => {
    const token = await person.token();
    expect((await call(`${api.url}/me`, { token })).status).toBe(200);
    await deliver(api.url, { type: 'session.removed', data: { id: person.sessionId } });
    await expectRefusedEverywhere(token, 'session-ended');
  });

  test('of another session than the request names is refused', async () => {
    const token = await person.token();
    const other = (await signIn(emulator)).sessionId;
    expect(refusal(await call(`${api.url}/me?_clerk_session_id=${other}`, { token }))).toEqual([
      403,
      'session-mismatch',
    ]);
  });

  test('of a session with an open task is refused', async () => {
    await emulator.control.configure({ forceOrganizationSelection: true });
    const someone = { emailAddress: 'task@example.com', password: 'nanosecond-1906' };
    await emulator.control.createUser({ ...someone, firstName: 'Tess' });
    const pending = await signIn(emulator, someone);
    const answer = await call(`${api.url}/me`, { token: await pending.token() });
    expect(refusal(answer)).toEqual([403, 'session-pending']);
  });
});

type TokenRow = [claims: object, header: object, status: number];

describe('tokens that are signed as they should be and say something else', () => {
  let mint: Awaited<ReturnType<typeof createMint>>;
  let own: ApiServer;

  beforeAll(async () => {
    mint = await createMint();
    own = await startApi({
      ...environmentFor({ ...emulator, jwtKey: mint.jwtKey }),
      DATABASE: `${folder.path}/own.sqlite`,
    });
  });
  afterAll(() => own?.stop());

  test.each<TokenRow>([
    [{}, {}, 200],
    [{ exp: now() - 10 }, {}, 401],
    [{ nbf: now() + 60 }, {}, 401],
    [{ iat: now() + 60 }, {}, 401],
    [{ sub: undefined }, {}, 401],
    [{ sub: 5 }, {}, 401],
    [{ exp: undefined }, {}, 401],
    [{ exp: 'tomorrow' }, {}, 401],
    [{ azp: 'https://evil.example' }, {}, 401],
    [{ azp: undefined }, {}, 401],
    [{ azp: '' }, {}, 401],
    [{ azp: [CHROME] }, {}, 401],
    [{ azp: { toString: CHROME } }, {}, 401],
    ...[undefined, '', 5, {}, ['sess_1'], null].map((sid): TokenRow => [{ sid }, {}, 401]),
    ...['', {}, ['user_1'], null].map((sub): TokenRow => [{ sub }, {}, 401]),
    ...[undefined, 'now', {}, null].map((iat): TokenRow => [{ iat }, {}, 401]),
    ...[5, '', {}, ['org_1'], true].map((id): TokenRow => [{ o: { id, rol: 'admin' } }, {}, 401]),
    [{ o: { id: 'org_1', rol: 'admin' } }, {}, 200],
    [{ sts: 'pending' }, {}, 403],
    [{}, { typ: 'at+jwt' }, 401],
    [{}, { cat: 'cl_B7d4PD222AAA' }, 401],
    [{}, { cat: 'cl_B7d4PD333AAA' }, 401],
  ])('claims %j, header %j: %d', async (claims, header, status) => {
    const token = await mint.mint(await person.token(), {
      claims: claims as Record<string, unknown>,
      header: header as Record<string, unknown>,
    });
    expect((await call(`${own.url}/me`, { token })).status).toBe(status);
  });
});

test('where AUTHORIZED_PARTIES names Firefox only its tokens are let in', async () => {
  const other = await startApi({
    ...environmentFor(emulator),
    AUTHORIZED_PARTIES: 'none,moz-extension://*',
    DATABASE: `${folder.path}/firefox.sqlite`,
  });
  const letIn = [];
  for (const origin of [CHROME, FIREFOX, null, WEB_APP, 'https://evil.example']) {
    const { status } = await call(`${other.url}/me`, { token: await person.token({ origin }) });
    if (status === 200) letIn.push(origin);
  }
  await other.stop();
  expect(letIn).toEqual([FIREFOX, null]);
});

const ROUTES: [method: string, path: string][] = [
  ['GET', '/me'],
  ['GET', '/me/last-active'],
  ['GET', '/me/live'],
  ['GET', '/me/profile'],
  ['PATCH', '/me/metadata'],
  ['GET', '/notes'],
  ['POST', '/notes'],
  ['DELETE', '/notes'],
  ['GET', '/notes/export'],
  ['DELETE', '/notes/note_1'],
  ['GET', '/org/notes'],
  ['POST', '/org/notes'],
  ['DELETE', '/org/notes/note_1'],
  ['GET', '/admin'],
  ['GET', '/admin/people'],
];

/** On every route, and in JSON, whatever the caller would rather have. */
async function expectRefusedEverywhere(token: string, code: string): Promise<void> {
  const answers = await Promise.all(
    ROUTES.map(async ([method, path]) => {
      const body = ['POST', 'PATCH'].includes(method) ? { json: { text: 'a', theme: 'dark' } } : {};
      const headers = { accept: 'text/html', 'sec-fetch-dest': 'document' };
      return [method, path, ...refusal(await call(`${api.url}${path}`, { method, token, headers, ...body }))];
    }),
  );
  expect(answers).toEqual(ROUTES.map((route) => [...route, 401, code]));
}

function changeSignature(token: string): string {
  const at = token.lastIndexOf('.') + 10;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}

async function tokenOfAnotherInstance(): Promise<string> {
  const other = await startEmulator({ settings: PERMISSIVE_SETTINGS });
  try {
    return await (await signIn(other)).token();
  } finally {
    await other.close();
  }
}
