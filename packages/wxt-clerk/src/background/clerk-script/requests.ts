import type { ErrorCode } from '../../messages/message-error';
import type {
  AuthorizationQuestion,
  MembershipSnapshot,
  SessionSnapshot,
  UserSnapshot,
} from '../../messages/protocol';
import { isAuthorized } from '../../shared/authorization';
import { decodeJwt } from '../../shared/jwt';
import type { PublishableKey } from '../../shared/publishable-key';
import { refusalOf } from '../refusal';
import { type Choice, type ChooseDependencies, chooseSession } from './choose-session';
import type { FrontendApiRequest, FrontendApiResponse } from './clerk-client';
import {
  readChange,
  readMemberships,
  readSignedIn,
  type SignedIn,
  saysAllOver,
  saysSessionOver,
  type Unread,
} from './client-resource';
import { saysGone, saysNobody, saysUnknownCredential } from './refusals';
import { tellSignOuts } from './tell-sign-outs';
import { readTokenAnswer, type TokenAnswer } from './token-answer';
import { askWhoIsSignedIn } from './who-is-signed-in';

/** What the background asks of the Frontend API: each request as it goes out, and its answer as it is read. */
export interface Requests {
  /**
   * Who is signed in, with authority; `null` when nobody is.
   *
   * @param credential Asks with this one instead of the stored one.
   * @throws {NoNewsError} When the server has no news of the client.
   */
  fetchSignedIn(credential?: string): Promise<SignedIn | null>;
  /** The same, where an answer may also mean that the server no longer knows the stored credential. */
  askWhoIsSignedIn: typeof askWhoIsSignedIn;
  /** What the server says of the stored credential where it has no news of the client. A failure says nothing of it. */
  askWhoIsBehind(): Promise<'somebody' | 'nobody' | 'unknown-credential'>;
  /** A new token of a session. */
  fetchToken(request: TokenRequest): Promise<TokenAnswer>;
  /**
   * Asks for a resource such as a sign-in, once: a request that goes out a second time may have done its work the first time.
   *
   * @returns What is in the answer's `response`, unchecked.
   */
  fetchResource(request: ResourceRequest): Promise<unknown>;
  /** Tells the server that a session is in use, with an organization of it. @returns Who is signed in from then on. */
  touchSession(request: TouchRequest): Promise<SignedIn | null>;
  /** Makes a session the active one, and publishes it. */
  chooseSession(choice: Choice, dependencies: ChooseDependencies): Promise<void>;
  /** Every organization that the person of a session is a member of. */
  fetchMemberships(sessionId: string): Promise<MembershipSnapshot[]>;
  /**
   * What Clerk's own `checkAuthorization` answers; asks no server.
   *
   * @param token The session's last one, whose claims say which features and plans there are; `null` for none.
   */
  checkAuthorization(
    session: SessionSnapshot,
    token: string | null,
    question: AuthorizationQuestion,
  ): Promise<boolean>;
  /** Tells the server of sign-outs that it does not know of. @returns In how many minutes it is to be tried again, if at all. */
  tellSignOuts: typeof tellSignOuts;
  /** Ends one session behind the stored credential. What is gone is ended, too. */
  endSession(sessionId: string, how: EndedHow): Promise<void>;
  /**
   * Ends the sessions behind a given credential. What is gone is ended, too.
   *
   * @param sessionIds Where somebody else may be signed in by now, only these. Not in production, where a sign-in
   *   without a credential makes a new client.
   */
  endSessions(credential: string, sessionIds: string[] | 'all'): Promise<void>;
  /** Ends these sessions of a client that is not this extension's alone. */
  endNamedSessions(credential: string, sessionIds: string[]): Promise<void>;
}

export type ResourceRequest = Pick<FrontendApiRequest, 'method' | 'path' | 'search' | 'body'>;

/** `remove` also takes it off the client's list. */
export type EndedHow = 'end' | 'remove';

export interface TouchRequest {
  sessionId: string;
  /** `null` for the personal account. */
  organizationId: string | null;
  intent: 'focus' | 'select_session' | 'select_org';
}

export interface TokenRequest {
  /** Whose session it is. */
  user: UserSnapshot;
  /** `null` for the personal account. */
  organizationId: string | null;
  template: string | undefined;
  skipCache: boolean;
  /** The last token, for a server that wants to see it before it gives a new one. */
  lastToken: string | undefined;
}

export interface RequestDependencies {
  /** Sends a request with the background's care, to an answer of success. */
  send(init: Omit<FrontendApiRequest, 'signal'>, isOnce?: boolean): Promise<FrontendApiResponse>;
  /** The background's own error, since that of another script is another class. */
  fail(code: Extract<ErrorCode, 'unavailable' | 'not-found' | 'not-a-member'> | 'no-news'): Error;
  instanceType: PublishableKey['instanceType'];
}

type Send = RequestDependencies['send'];

// More than anybody should be in; a server that says otherwise would keep the background busy.
const MOST_PAGES = 50;
const PAGE_SIZE = 100;

export function createRequests(dependencies: RequestDependencies): Requests {
  const { send, fail, instanceType } = dependencies;
  const known = <Value>(read: Value | Unread): Value => {
    if (read === 'no-news') throw fail('no-news');
    if (read === 'no-answer') throw fail('unavailable');
    return read as Value;
  };
  const touchSession: Requests['touchSession'] = async ({ sessionId, organizationId, intent }) => {
    const body = { activeOrganizationId: organizationId ?? '', intent };
    const { payload } = await send({ method: 'POST', path: pathOf(sessionId, 'touch'), body });
    return known<SignedIn | null>(readChange(payload, sessionId));
  };
  return {
    async fetchSignedIn(credential) {
      const init = {
        method: 'GET',
        path: '/client',
        ...(credential !== undefined && { credential }),
      } as const;
      return known<SignedIn | null>(readSignedIn((await send(init)).payload));
    },
    askWhoIsSignedIn,
    askWhoIsBehind: () => askWhoIsBehind(dependencies),
    fetchToken: (asked) => fetchToken(asked, dependencies),
    async fetchResource(init) {
      const { payload } = await send(init, true);
      return (payload as { response?: unknown } | null)?.response;
    },
    touchSession,
    chooseSession: (choice, { memory, signedIn }) =>
      chooseSession(choice, { memory, signedIn, fail, touchSession }),
    fetchMemberships: (sessionId) => fetchMemberships(sessionId, dependencies),
    checkAuthorization: async (session, token, question) =>
      isAuthorized(session, token === null ? null : decodeJwt(token), question),
    tellSignOuts,
    endSession: (sessionId, how) => endOne({ id: sessionId, how }, dependencies),
    async endSessions(credential, sessionIds) {
      if (sessionIds === 'all' || instanceType === 'production') return endAll(credential, dependencies);
      return endEach(sessionIds, credential, dependencies);
    },
    endNamedSessions: (credential, sessionIds) => endEach(sessionIds, credential, dependencies),
  };
}

const pathOf = (sessionId: string, rest: string) =>
  `/client/sessions/${encodeURIComponent(sessionId)}/${rest}`;

async function fetchToken(asked: TokenRequest, dependencies: RequestDependencies): Promise<TokenAnswer> {
  const { send } = dependencies;
  const init = tokenRequest(asked);
  try {
    return readToken(await send(init), asked, dependencies);
  } catch (error) {
    const { lastToken } = asked;
    const wantsLastToken = refusalOf(error)?.clerkCode === 'missing_expired_token';
    if (!wantsLastToken || !lastToken) throw error;
    const search = { ...init.search, expired_token: lastToken };
    return readToken(await send({ ...init, search }), asked, dependencies);
  }
}

/** @throws {MessageError} `unavailable` when it is no token of this session. */
function readToken(
  { payload }: FrontendApiResponse,
  { user, organizationId, template, lastToken }: TokenRequest,
  { fail }: RequestDependencies,
): TokenAnswer {
  const jwt = (payload as { jwt?: unknown } | null)?.jwt;
  const isOwn = template === undefined && organizationId === user.organizationId;
  const answer =
    typeof jwt === 'string' ? readTokenAnswer(jwt, { user, organizationId, isOwn, lastToken }) : null;
  if (!answer) throw fail('unavailable');
  return answer;
}

function tokenRequest(asked: TokenRequest) {
  const path = pathOf(asked.user.sessionId, 'tokens');
  const search: Record<string, string> = asked.skipCache ? { debug: 'skip_cache' } : {};
  if (asked.template !== undefined) {
    return { method: 'POST', path: `${path}/${encodeURIComponent(asked.template)}`, search } as const;
  }
  // Empty means the personal account.
  const body = { organizationId: asked.organizationId ?? '' };
  return { method: 'POST', path, search, body } as const;
}

async function fetchMemberships(
  sessionId: string,
  { send, fail }: RequestDependencies,
): Promise<MembershipSnapshot[]> {
  const all: MembershipSnapshot[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const search = {
      paginated: 'true',
      limit: String(PAGE_SIZE),
      offset: String(all.length),
      _clerk_session_id: sessionId,
    };
    const { payload } = await send({ method: 'GET', path: '/me/organization_memberships', search });
    const read = readMemberships(payload);
    if (!read) throw fail('unavailable');
    all.push(...read.memberships);
    if (read.memberships.length === 0 || all.length >= read.total) break;
  }
  return all;
}

async function askWhoIsBehind(
  { send, instanceType }: RequestDependencies,
  credential?: string,
): Promise<'somebody' | 'nobody' | 'unknown-credential'> {
  try {
    await send({ method: 'GET', path: '/me', ...(credential === undefined ? {} : { credential }) });
    return 'somebody';
  } catch (error) {
    if (!saysNobody(error)) throw error;
    return saysUnknownCredential(error, instanceType) ? 'unknown-credential' : 'nobody';
  }
}

/** @throws {MessageError} When the server does not say that all sessions behind the credential are over. */
async function endAll(credential: string, dependencies: RequestDependencies): Promise<void> {
  const { send, fail } = dependencies;
  const isOver = await isEnded(send({ method: 'DELETE', path: '/client/sessions', credential }), saysAllOver);
  // "No news" is also the answer where there is no client any more.
  if (isOver || (await askWhoIsBehind(dependencies, credential)) !== 'somebody') return;
  throw fail('unavailable');
}

async function endEach(ids: string[], credential: string, dependencies: RequestDependencies): Promise<void> {
  for (const id of ids) await endOne({ id, how: 'remove', credential }, dependencies);
}

/** @throws {MessageError} When the server does not say that this session is over. */
async function endOne(
  { id, how, credential }: { id: string; how: EndedHow; credential?: string },
  { send, fail }: RequestDependencies,
): Promise<void> {
  const init = {
    method: 'POST',
    path: pathOf(id, how),
    ...(credential !== undefined && { credential }),
  } as const;
  if (!(await isEnded(send(init), (payload) => saysSessionOver(payload, id)))) throw fail('unavailable');
}

/** Does the server say that what is to be ended is over, or that it is there no more? Some proxy's 200 says nothing. */
async function isEnded(request: ReturnType<Send>, saysOver: (payload: unknown) => boolean): Promise<boolean> {
  try {
    return saysOver((await request).payload);
  } catch (error) {
    if (saysGone(error)) return true;
    throw error;
  }
}
