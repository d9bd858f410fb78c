/** For content scripts: no Clerk, no React, no token unless the site is granted one. */
export { type ErrorCode, MessageError, type Sent, toMessageError } from '../messages/message-error';
export type {
  ApiResponse,
  JsonValue,
  PublicAuthState,
  PublicUser,
  SessionToken,
} from '../messages/protocol';
export { createSiteSendMessage as createSendMessage } from '../messages/send-message';
export { access } from '../shared/config';
export { language, publicErrorSentence as errorSentence } from '../shared/i18n';
export { displayName, initials } from '../shared/user-name';
export { fetchApi, type SiteApiOptions as ApiOptions } from './fetch-api';
export { sendMessage } from './send-message';
export { type PublicUserWatcher, watchPublicUser } from './watch-public-user';
