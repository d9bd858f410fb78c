import fc from 'fast-check';
import type { UserSnapshot } from '../../../src/messages/protocol';
import { fakeJwt } from '../fake-jwt';
import type { Answer, Asked, FakeServer, Kind } from './fake-server';
import type { Trouble } from './network';
import { ADA, BOB, clientResource, type Person } from './people';

/** An answer of the Frontend API as it may come: from Clerk, from something before it, or broken on its way. */
export interface OddAnswer {
  status: number;
  body: Body;
  credential: Credential;
  headers: Record<string, string>;
  /** How long it takes, beside the usual latency. */
  delayMs: number;
}

type Body =
  | 'right'
  | 'no news'
  | 'null'
  | 'empty'
  | 'HTML'
  | 'an array'
  | 'an object'
  | 'truncated'
  | 'deep'
  | 'no errors'
  | { code: string; hasClient: boolean }
  // Of `GET /client` and of the end of sessions.
  | 'no sessions'
  | { sessionStatus: string }
  | 'sessions without a user'
  | 'somebody else'
  | 'a task'
  // Of a token request.
  | 'token of somebody else'
  | 'no JWT'
  | 'empty token'
  | 'token in an envelope';

type Credential = 'none' | 'new' | { forgets: string } | { isNone: string };

/** Statuses of Clerk's Frontend API document, and those that a server, a proxy or a gateway may send. */
const STATUSES = [
  ...[200, 200, 200, 200, 200, 204, 301, 302, 304, 307],
  ...[400, 401, 401, 402, 403, 404, 404, 405, 408, 409, 410, 413, 422, 423, 425, 429, 451],
  ...[500, 501, 502, 503, 504, 520],
];

/** Codes that mean: there is nobody behind this credential. */
const CODES_OF_NOBODY = [
  'authentication_invalid',
  'signed_out',
  'client_not_found',
  'dev_browser_unauthenticated',
];

const CODES = [
  ...CODES_OF_NOBODY,
  ...['resource_not_found', 'resource_not_found', 'action_for_session_not_authorized', 'requires_captcha'],
  ...['authorization_invalid', 'resource_forbidden', 'user_locked', 'user_banned', 'user_deactivated'],
  ...['session_reverification_required', 'not_allowed_access', 'session_exists', 'client_state_invalid'],
  ...['identifier_already_signed_in', 'invalid_action_for_session', 'origin_invalid', 'host_invalid'],
  ...['native_api_disabled', 'origin_authorization_headers_conflict', 'publishable_key_invalid'],
  ...['request_body_invalid', 'missing_expired_token', 'too_many_requests', 'internal_clerk_error'],
  ...['maintenance_mode', 'user_settings_invalid', 'sign_up_outdated_verification', 'a_new_code'],
];

const OVER = ['ended', 'removed', 'expired', 'revoked', 'abandoned', 'replaced'];

const ANY_BODY: fc.Arbitrary<Body>[] = [
  fc.constantFrom<Body>('right', 'no news', 'null', 'empty', 'HTML', 'an array', 'an object'),
  fc.constantFrom<Body>('truncated', 'deep', 'no errors'),
  fc.record({ code: fc.constantFrom(...CODES), hasClient: fc.boolean() }),
  fc.record({ code: fc.constantFrom(...CODES), hasClient: fc.boolean() }),
];
const CLIENT_BODY: fc.Arbitrary<Body>[] = [
  fc.constantFrom<Body>('no sessions', 'sessions without a user', 'somebody else', 'a task'),
  fc.record({ sessionStatus: fc.constantFrom(...OVER, 'a-new-status') }),
];
const TOKEN_BODY = fc.constantFrom<Body>(
  ...(['token of somebody else', 'no JWT', 'empty token', 'token in an envelope'] as const),
);
const BODIES: Record<Kind, fc.Arbitrary<Body>> = {
  client: fc.oneof(...ANY_BODY, ...CLIENT_BODY),
  end: fc.oneof(...ANY_BODY, ...CLIENT_BODY),
  me: fc.oneof(...ANY_BODY),
  token: fc.oneof(...ANY_BODY, TOKEN_BODY),
  touch: fc.oneof(...ANY_BODY),
  memberships: fc.oneof(...ANY_BODY),
};

const credential: fc.Arbitrary<Credential> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Credential>('none') },
  { weight: 2, arbitrary: fc.constant<Credential>('new') },
  { weight: 1, arbitrary: fc.record({ forgets: fc.constantFrom('', 'Bearer', 'Bearer ') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      isNone: fc.constantFrom('null', 'Basic dXNlcjpwYXNzd29yZA==', 'x'.repeat(8193), 'a, Bearer b', 'é'),
    }),
  },
);

const headers = fc.record(
  {
    'Retry-After': fc.constantFrom('0', '7', '-3', '1e9', 'soon', '', 'Wed, 21 Oct 2026 07:28:00 GMT'),
    'Content-Type': fc.constantFrom('text/html', 'application/json', 'application/octet-stream'),
  },
  { requiredKeys: [] },
);

/** Any answer to a request of this kind. */
export function oddAnswerTo(kind: Kind): fc.Arbitrary<OddAnswer> {
  const odd = fc.record({
    status: fc.constantFrom(...STATUSES),
    body: BODIES[kind],
    credential,
    headers,
    delayMs: fc.constantFrom(0, 0, 0, 400, 3000),
  });
  // Nobody behind a credential, and its successor: one of them is a lie, and it is not said which.
  return odd.filter((answer) => kind !== 'me' || !saysNobody(answer) || answer.credential !== 'new');
}

/** What came of an odd answer, beside the answer. */
export interface Given {
  answer: Trouble;
  /** Sessions that are over now. */
  over: string[];
  /** Are they over because the client is gone? */
  isForgotten: boolean;
  /** Sessions whose person has a task now. */
  tasks: string[];
  /** Sessions that began. */
  begun: UserSnapshot[];
}

/**
 * Gives an odd answer. What it says with authority becomes true at the server: whoever believes it, and nothing else, is
 * right.
 */
export function give(odd: OddAnswer, asked: Asked, server: FakeServer): Given {
  const sessions = server.sessionsOf(asked.credential);
  // Nobody is behind it, and everything has been said of it.
  if (sessions.length === 0)
    return { answer: server.answer(asked), over: [], isForgotten: false, tasks: [], begun: [] };
  const begun = changesPerson(odd, asked) ? [takeOver(sessions, asked, server)] : [];
  const tasks = begins(odd, asked, 'a task') ? sessions.map(({ id }) => id) : [];
  for (const id of tasks) server.change(id, TASK);
  const answer = { status: odd.status, headers: odd.headers, payload: bodyOf(odd, asked, server, sessions) };
  end(odd, asked, server, sessions);
  const over = sessions.map(({ id }) => id).filter((id) => !server.isActive(id));
  return {
    answer: { ...answer, ...credentialOf(odd, asked) },
    over,
    isForgotten: forgets(odd),
    tasks,
    begun,
  };
}

type Sessions = { id: string; person: Person }[];

const TASK = { status: 'pending', currentTask: { key: 'setup-mfa' } } as const;

const isSuccess = ({ status }: OddAnswer) => status === 200;
const begins = (odd: OddAnswer, { kind }: Asked, body: Body) =>
  kind === 'client' && isSuccess(odd) && odd.body === body;
const changesPerson = (odd: OddAnswer, asked: Asked) => begins(odd, asked, 'somebody else');

/** The client is somebody else's from here on. */
function takeOver(sessions: Sessions, { credential }: Asked, server: FakeServer): UserSnapshot {
  for (const { id } of sessions) server.revoke(id);
  return server.signIn(credential, otherThan(sessions)).user;
}

function otherThan(sessions: Sessions): Person {
  return sessions.some(({ person }) => person.userId === ADA.userId) ? BOB : ADA;
}

/** Ends what the answer says with authority is over. */
function end(odd: OddAnswer, asked: Asked, server: FakeServer, sessions: Sessions): void {
  if (forgets(odd) || saysUnknownCredential(odd, asked)) server.forget(asked.credential);
  if (!saysOver(odd, asked)) return;
  const named = asked.path.split('/')[3];
  for (const { id } of sessions) if (asked.kind !== 'end' || !named || id === named) server.revoke(id);
}

/** Only an answer of the API itself takes a credential away, not one in trouble nor something in front of it. */
function forgets({ status, body, credential }: OddAnswer): boolean {
  if (typeof credential === 'string' || !('forgets' in credential)) return false;
  const isOfApi = status < 300 || (status >= 400 && status < 500 && status !== 429);
  return isOfApi && (status === 204 || !NO_JSON.includes(body));
}

const NO_JSON: Body[] = ['empty', 'HTML', 'truncated'];

function saysUnknownCredential(odd: OddAnswer, asked: Asked): boolean {
  return (
    asked.kind === 'me' && saysNobody(odd) && (isDevelopment(asked) ? codeOf(odd) === DEAD_BROWSER : true)
  );
}

const DEAD_BROWSER = 'dev_browser_unauthenticated';
const isDevelopment = ({ search }: Asked) => search.has('__clerk_db_jwt');
const codeOf = ({ body }: OddAnswer) => (typeof body === 'object' && 'code' in body ? body.code : '');
const saysNobody = (odd: OddAnswer) =>
  [400, 401].includes(odd.status) && CODES_OF_NOBODY.includes(codeOf(odd));

function saysOver(odd: OddAnswer, { kind }: Asked): boolean {
  const { status, body } = odd;
  if (kind === 'me') return saysNobody(odd);
  if (kind === 'token') return false;
  const isClientWithout =
    body === 'no sessions' ||
    (typeof body === 'object' && 'sessionStatus' in body && OVER.includes(body.sessionStatus));
  if (isSuccess(odd) && isClientWithout) return true;
  if (kind === 'client') return false;
  return (
    saysNobody(odd) || (status === 404 && ['resource_not_found', 'client_not_found'].includes(codeOf(odd)))
  );
}

/** What is sent as the body: a text as it is, anything else as JSON. */
function bodyOf(odd: OddAnswer, asked: Asked, server: FakeServer, sessions: Sessions): unknown {
  const { body } = odd;
  if (typeof body === 'object') {
    if ('sessionStatus' in body) return clientWith(sessions, { status: body.sessionStatus });
    return {
      errors: [{ code: body.code }],
      ...(body.hasClient ? { meta: { client: clientWith([]).response } } : {}),
    };
  }
  const right = () => (isSuccess(odd) ? server.answer(asked).payload : rightBody(asked, sessions));
  const bodies: Record<Exclude<Body, object>, () => unknown> = {
    right,
    'no news': () => ({ response: null, client: null }),
    null: () => null,
    empty: () => '',
    HTML: () => '<!doctype html><title>Please wait</title>',
    'an array': () => [],
    'an object': () => ({ message: 'Not Found' }),
    truncated: () => JSON.stringify(rightBody(asked, sessions)).slice(0, -2),
    deep: () => `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    'no errors': () => ({ errors: [] }),
    'no sessions': () => clientWith([]),
    'sessions without a user': () => clientWith(sessions, { user: null }),
    'somebody else': () => (changesPerson(odd, asked) ? right() : clientWith([OTHER(sessions)])),
    'a task': () => (begins(odd, asked, 'a task') ? right() : clientWith(sessions, { status: 'pending' })),
    'token of somebody else': () => ({ jwt: jwtOf(asked, OTHER(sessions)) }),
    'no JWT': () => ({ jwt: 'no-jwt' }),
    'empty token': () => ({ jwt: '' }),
    'token in an envelope': () => ({ response: rightBody(asked, sessions) }),
  };
  return bodies[body]();
}

const OTHER = (sessions: Sessions) => ({ id: 'sess_other', person: otherThan(sessions) });

function rightBody(asked: Asked, sessions: Sessions): unknown {
  if (asked.kind === 'me') return { response: { id: sessions[0]?.person.userId }, client: null };
  if (asked.kind === 'token') return { jwt: jwtOf(asked, sessions[0] ?? OTHER([])) };
  return clientWith(asked.kind === 'client' ? sessions : []);
}

function jwtOf({ at }: Asked, { id, person }: Sessions[number]): string {
  const iat = Math.floor(at / 1000);
  return fakeJwt({ sid: id, sub: person.userId, iat, exp: iat + 60 });
}

function clientWith(sessions: Sessions, changes: object = {}) {
  const { response } = clientResource(sessions);
  return { response: { ...response, sessions: response.sessions.map((each) => ({ ...each, ...changes })) } };
}

function credentialOf({ credential }: OddAnswer, asked: Asked): Pick<Answer, 'credential'> {
  if (credential === 'none') return {};
  if (credential === 'new') return { credential: `${asked.credential?.split('.')[0]}.rotated_${asked.at}` };
  return { credential: 'forgets' in credential ? credential.forgets : credential.isNone };
}
