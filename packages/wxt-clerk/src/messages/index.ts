/** The typed messaging layer: rows for the background, `sendMessage` for the pages. */
export type { From, Message, MessageContext, Messages, Part, SiteDocument } from './message';
export { defineMessages, message } from './message';
export {
  ERROR_SENTENCES,
  type ErrorBody,
  type ErrorCode,
  MessageError,
  type Sent,
  toMessageError,
} from './message-error';
export type * from './protocol';
export { createSendMessage, type SendMessage } from './send-message';
