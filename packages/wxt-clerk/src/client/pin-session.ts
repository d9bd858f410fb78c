import { toMessageError } from '../messages/message-error';
import type { PageApiOptions, SessionSnapshot, TokenOptions, TouchIntent } from '../messages/protocol';
import type { AuthorizationParams } from '../shared/clerk-types';
import * as actions from './actions';
import { type FetchApi, fetchApi, withOptions } from './fetch-api';
import { type Auth, watchAuth, watchSession } from './watchers';

/** What can be done with one session, whichever is active. */
export interface SessionActions {
  getToken(options?: Omit<TokenOptions, 'sessionId'>): ReturnType<typeof actions.getToken>;
  getUser(): ReturnType<typeof actions.getUser>;
  getSession(): ReturnType<typeof actions.getSession>;
  /** Makes this session the active one, or an organization that of this session; another one only by its name. */
  setActive(params?: actions.SetActiveParams): ReturnType<typeof actions.setActive>;
  touchSession(options?: { intent?: TouchIntent | undefined }): ReturnType<typeof actions.touchSession>;
  endSession(): ReturnType<typeof actions.endSession>;
  removeSession(): ReturnType<typeof actions.removeSession>;
  signOut(): Promise<void>;
  checkAuthorization(params: AuthorizationParams): Promise<boolean>;
  listOrganizations(): ReturnType<typeof actions.listOrganizations>;
  fetchApi: FetchApi<Omit<PageApiOptions, 'sessionId'>>;
  watchAuth(onChange: (auth: Auth) => void): () => void;
  watchSession(onChange: (session: SessionSnapshot | null) => void): () => void;
}

/**
 * The functions for one session, so that a window shows one account, also when another one becomes active elsewhere. When
 * the session is over there is no token and nobody: only what would change it fails, with `not-found`.
 */
export function pinSession(sessionId: string): SessionActions {
  const pin = { sessionId };
  return {
    getToken: (options) => unlessOver(actions.getToken({ ...options, ...pin }), null),
    getUser: () => unlessOver(actions.getUser(pin), null),
    getSession: () => unlessOver(actions.getSession(pin), null),
    setActive: (params) => actions.setActive({ ...params, session: params?.session ?? sessionId }),
    touchSession: (options) => actions.touchSession({ intent: options?.intent, ...pin }),
    endSession: () => actions.endSession(pin),
    removeSession: () => actions.removeSession(pin),
    signOut: () => actions.signOut(pin),
    checkAuthorization: (params) => unlessOver(actions.checkAuthorization({ ...params, ...pin }), false),
    listOrganizations: () => unlessOver(actions.listOrganizations(pin), []),
    fetchApi: withOptions(fetchApi, (options) => ({ ...options, ...pin })),
    watchAuth: (onChange) => watchAuth(onChange, pin),
    watchSession: (onChange) => watchSession(onChange, pin),
  };
}

async function unlessOver<Value>(answer: Promise<Value>, over: Value): Promise<Value> {
  try {
    return await answer;
  } catch (error) {
    if (toMessageError(error).code === 'not-found') return over;
    throw error;
  }
}
