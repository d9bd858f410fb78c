import type { UserSnapshot } from '../../../src/messages/protocol';
import { fakeJwt } from '../fake-jwt';
import {
  clientResource,
  inOrganization,
  MEMBERSHIPS,
  membershipsOf,
  type Person,
  sessionResource,
} from './people';

export type Kind = 'client' | 'token' | 'me' | 'end' | 'touch' | 'memberships';

/** One request as it reached the network. */
export interface Asked {
  kind: Kind;
  method: string;
  path: string;
  credential: string | undefined;
  search: URLSearchParams;
  body: Record<string, string>;
  /** True Unix time in milliseconds. */
  at: number;
}

export interface Answer {
  status: number;
  payload: unknown;
  retryAfterSeconds?: number;
  /** Any further header of the response. */
  headers?: Record<string, string>;
  /** The credential that comes back in the response's header. */
  credential?: string;
}

interface Session {
  id: string;
  client: string;
  person: Person;
  isActive: boolean;
  /** Grows with every touch: the greatest of a client is its active session. */
  touched: number;
}

/** What the Frontend API knows: people, their sessions, and whose credential is whose. Keeps no time of its own. */
export interface FakeServer {
  /** Signs a person in on the client of this credential, or on a new one. */
  signIn(credential: string | undefined, person: Person): { credential: string; user: UserSnapshot };
  /** Ends a session as an administrator does. */
  revoke(sessionId: string): void;
  isActive(sessionId: string): boolean;
  /** Changes the person of a session, or what is left for them to do. */
  change(sessionId: string, changes: Partial<Person>): void;
  /** Forgets a client with all its sessions: its credentials are dead from here on. */
  forget(credential: string | undefined): void;
  /** The sessions behind a credential that are not over. */
  sessionsOf(credential: string | undefined): { id: string; person: Person }[];
  /** The client that a session belongs to: what its credentials begin with. */
  clientOf(sessionId: string): string | undefined;
  answer(asked: Asked): Answer;
  /** Gives every answer about the client a new credential. */
  isRotating: boolean;
  tokenLifetimeSeconds: number;
}

const notFound = { status: 404, payload: { errors: [{ code: 'resource_not_found' }] } };
const noMember = { status: 403, payload: { errors: [{ code: 'not_a_member_in_organization' }] } };
const noNews = { status: 200, payload: { response: null, client: null } };
const signedOut = { status: 401, payload: { errors: [{ code: 'signed_out' }] } };
const unauthenticated = { status: 401, payload: { errors: [{ code: 'authentication_invalid' }] } };

/** A server that nobody has signed in to yet. */
export function createFakeServer(): FakeServer {
  const sessions: Session[] = [];
  const forgotten = new Set<string>();
  let clients = 0;
  let issued = 0;
  let touches = 0;

  const clientOf = (credential: string | undefined) => credential?.split('.')[0];
  /** The client of a credential, `undefined` when the server has none. */
  const knownClientOf = (credential: string | undefined) => {
    const client = clientOf(credential);
    return client === undefined || forgotten.has(client) ? undefined : client;
  };
  const credentialOf = (client: string) => `${client}.credential_${++issued}`;
  const activeOf = (client: string | undefined) => sessions.filter((s) => s.client === client && s.isActive);
  const lastOf = (all: Session[]) => all.toSorted((a, b) => a.touched - b.touched).at(-1);
  const clientWith = (all: Session[]) => clientResource(all, lastOf(all)?.id);

  function signIn(credential: string | undefined, person: Person) {
    const client = knownClientOf(credential) ?? `client_${++clients}`;
    const session = { id: `sess_${sessions.length + 1}`, client, person, isActive: true, touched: ++touches };
    sessions.push(session);
    return { credential: credentialOf(client), user: { ...person, sessionId: session.id } };
  }

  function answerClient({ credential }: Asked): Answer {
    const client = knownClientOf(credential);
    if (client === undefined) return noNews;
    const payload = clientWith(activeOf(client));
    return { status: 200, payload, ...(server.isRotating ? { credential: credentialOf(client) } : {}) };
  }

  function answerMe({ credential }: Asked): Answer {
    const session = lastOf(activeOf(knownClientOf(credential)));
    if (!session) return unauthenticated;
    return { status: 200, payload: { response: { id: session.person.userId }, client: null } };
  }

  function answerToken({ credential, path, body, at }: Asked): Answer {
    const [, , , sessionId, , template] = path.split('/');
    const client = knownClientOf(credential);
    if (client === undefined) return signedOut;
    const session = activeOf(client).find(({ id }) => id === sessionId);
    if (!session) return notFound;
    const iat = Math.floor(at / 1000);
    const asked = body.organization_id;
    if (asked && !isMember(session.person, asked)) return noMember;
    const organizationId = asked ?? session.person.organizationId;
    const { organizationRole: role } = organizationId
      ? inOrganizationNow(session.person, organizationId)
      : { organizationRole: null };
    const claims = {
      v: 2,
      sid: session.id,
      sub: session.person.userId,
      org: asked,
      ...(role && { o: { id: organizationId, rol: role.replace('org:', '') } }),
      template,
      n: ++issued,
    };
    return {
      status: 200,
      payload: { jwt: fakeJwt({ ...claims, iat, exp: iat + server.tokenLifetimeSeconds }) },
    };
  }

  function answerEnd({ credential, path }: Asked): Answer {
    const client = knownClientOf(credential);
    if (client === undefined) return signedOut;
    const [, , , sessionId] = path.split('/');
    const ended = activeOf(client).filter(({ id }) => !sessionId || id === sessionId);
    if (sessionId && ended.length === 0) return notFound;
    for (const session of ended) session.isActive = false;
    const rest = clientWith(activeOf(client)).response;
    return {
      status: 200,
      payload: { response: sessionId ? { id: sessionId, status: 'removed' } : rest, client: rest },
    };
  }

  function answerTouch({ credential, path, body }: Asked): Answer {
    const client = knownClientOf(credential);
    if (client === undefined) return signedOut;
    const [, , , sessionId] = path.split('/');
    const session = activeOf(client).find(({ id }) => id === sessionId);
    if (!session) return notFound;
    const organizationId = body.active_organization_id || null;
    if (organizationId && !isMember(session.person, organizationId)) return noMember;
    session.touched = ++touches;
    session.person = inOrganizationNow(session.person, organizationId);
    const response = sessionResource(session.id, session.person);
    return { status: 200, payload: { response, client: clientWith(activeOf(client)).response } };
  }

  function answerMemberships({ credential, search }: Asked): Answer {
    const all = activeOf(knownClientOf(credential));
    const session = all.find(({ id }) => id === search.get('_clerk_session_id')) ?? lastOf(all);
    if (!session) return unauthenticated;
    const memberships = membershipsOf(session.person);
    const offset = Number(search.get('offset'));
    const data = memberships.slice(offset, offset + Number(search.get('limit')));
    return { status: 200, payload: { response: { data, total_count: memberships.length } } };
  }

  const answers: Record<Kind, (asked: Asked) => Answer> = {
    client: answerClient,
    token: answerToken,
    me: answerMe,
    end: answerEnd,
    touch: answerTouch,
    memberships: answerMemberships,
  };
  const server: FakeServer = {
    signIn,
    revoke(sessionId) {
      for (const session of sessions) if (session.id === sessionId) session.isActive = false;
    },
    change(sessionId, changes) {
      for (const session of sessions)
        if (session.id === sessionId) session.person = { ...session.person, ...changes };
    },
    forget(credential) {
      const client = clientOf(credential);
      if (client === undefined) return;
      forgotten.add(client);
      for (const session of activeOf(client)) session.isActive = false;
    },
    isActive: (sessionId) => sessions.some(({ id, isActive }) => id === sessionId && isActive),
    sessionsOf: (credential) => activeOf(knownClientOf(credential)).map(({ id, person }) => ({ id, person })),
    clientOf: (sessionId) => sessions.find(({ id }) => id === sessionId)?.client,
    answer: (asked) => answers[asked.kind](asked),
    isRotating: false,
    tokenLifetimeSeconds: 60,
  };
  return server;
}

const isMember = ({ userId }: Person, organizationId: string) =>
  Object.hasOwn(MEMBERSHIPS[userId] ?? {}, organizationId);

/** The one that is active keeps what was changed in it. */
function inOrganizationNow(person: Person, organizationId: string | null): Person {
  return organizationId === person.organizationId ? person : inOrganization(person, organizationId);
}
