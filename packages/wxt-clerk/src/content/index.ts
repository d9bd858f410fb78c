export { type ErrorCode, MessageError, toMessageError } from '../messages/message-error.ts';
export type { ApiResponse, JsonValue, PublicAuthState, PublicUser } from '../messages/protocol.ts';
export { errorSentence, language } from '../shared/i18n.ts';
export { displayName, initials } from '../shared/user-name.ts';
export { type FetchApiOptions, fetchApi } from './fetch-api.ts';
export { type PublicUserWatcher, watchPublicUser } from './watch-public-user.ts';
