export { type ErrorCode, MessageError, type Sent, toMessageError } from '../messages/message-error';
export type {
  AnswerOptions,
  AnswerSchema,
  ApiBody,
  ApiResponse,
  AuthorizationQuestion,
  JsonValue,
  ListedSession,
  MembershipSnapshot,
  OrganizationSnapshot,
  PageApiOptions as ApiOptions,
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
export { access } from '../shared/config';
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
export { type FetchApi, fetchApi } from './fetch-api';
export { pinSession, type SessionActions } from './pin-session';
export { signInWith } from './sign-in-with';
export { type Auth, watchAuth, watchSession, watchSessionList } from './watchers';
