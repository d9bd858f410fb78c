export { ERROR_SENTENCES, type ErrorBody, type ErrorCode, MessageError } from './message-error.ts';
export type * from './protocol.ts';
export { sendMessage } from './send-message.ts';
