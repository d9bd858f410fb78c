export { type ErrorCode, MessageError, toMessageError } from '../messages/message-error';
export type {
  ApiOptions,
  ApiResponse,
  AuthorizationQuestion,
  JsonValue,
  ListedSession,
  MembershipSnapshot,
  OrganizationSnapshot,
  PublicUserData,
  SessionOptions,
  SessionSnapshot,
  SessionTask,
  SessionToken,
  TokenOptions,
  TouchIntent,
  TouchOptions,
  UserSnapshot,
} from '../messages/protocol';
export type { AuthorizationParams } from '../shared/clerk-types';
export { errorSentence, formatLocale, language } from '../shared/i18n';
export { decodeJwt, type JwtClaims } from '../shared/jwt';
export { displayName, initials } from '../shared/user-name';
export {
  checkAuthorization,
  endSession,
  getSession,
  getToken,
  getUser,
  listOrganizations,
  listSessions,
  removeSession,
  type SetActiveParams,
  setActive,
  signOut,
  touchSession,
} from './actions';
export { fetchApi } from './fetch-api';
export { pinSession, type SessionActions } from './pin-session';
export { signInWith } from './sign-in-with';
export { type Auth, watchAuth, watchSession, watchSessionList } from './watchers';
