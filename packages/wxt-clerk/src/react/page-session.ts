import { endSession, getToken, removeSession, touchSession } from '../client/actions';
import type {
  PublicUserData,
  SessionSnapshot,
  SessionTask,
  TokenOptions,
  TouchIntent,
} from '../messages/protocol';
import { asksForClaims, isAuthorized } from '../shared/authorization';
import type { ActClaim, CheckAuthorization, SessionClaims } from '../shared/clerk-types';
import { dateOf, type PageUser, pageUserOf } from './page-user';

/** A session under the names of Clerk's `SessionResource`: plain data, and what can be done with it. Its token is not in it. */
export interface PageSession {
  id: string;
  /** `active`, `pending`, or why it is over. */
  status: string;
  lastActiveAt: Date | null;
  expireAt: Date | null;
  abandonAt: Date | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  lastActiveOrganizationId: string | null;
  /** Who acts in the person's name, where somebody does. */
  actor: ActClaim | null;
  tasks: SessionTask[] | null;
  currentTask: SessionTask | null;
  /** Minutes since the first and the second factor were verified; -1 for one that the person has not. */
  factorVerificationAge: [number, number] | null;
  publicUserData: PublicUserData | null;
  user: PageUser | null;
  /** A token of this session. Rejects with a `MessageError`, as the three below. */
  getToken(options?: Omit<TokenOptions, 'sessionId'>): Promise<string | null>;
  /** Tells the server that the session is in use. */
  touch(options?: { intent?: TouchIntent | undefined }): Promise<SessionSnapshot | null>;
  /** Ends it; the others go on. */
  end(): Promise<SessionSnapshot | null>;
  /** Ends it and takes it off the client's list. */
  remove(): Promise<SessionSnapshot | null>;
  checkAuthorization: CheckAuthorization;
}

/** A session under Clerk's names. @param readClaims Of its token; features and plans are in it alone. */
export function pageSessionOf(
  session: SessionSnapshot,
  readClaims: () => SessionClaims | undefined,
): PageSession {
  const { id: sessionId } = session;
  return {
    id: sessionId,
    status: session.status,
    lastActiveAt: dateOf(session.lastActiveAt),
    expireAt: dateOf(session.expireAt),
    abandonAt: dateOf(session.abandonAt),
    createdAt: dateOf(session.createdAt),
    updatedAt: dateOf(session.updatedAt),
    lastActiveOrganizationId: session.lastActiveOrganizationId,
    actor: session.actor as ActClaim | null,
    tasks: session.tasks,
    currentTask: session.currentTask,
    factorVerificationAge: session.factorVerificationAge,
    publicUserData: session.publicUserData,
    user: session.user && pageUserOf(session.user),
    getToken: (options) => getToken({ ...options, sessionId }),
    touch: (options) => touchSession({ intent: options?.intent, sessionId }),
    end: () => endSession({ sessionId }),
    remove: () => removeSession({ sessionId }),
    checkAuthorization: (params) =>
      isAuthorized(session, (asksForClaims(params) && readClaims()) || null, params),
  };
}
