import { createSiteSendMessage } from '../messages/send-message';

/** The core's own messages, from a content script. */
export const sendMessage = createSiteSendMessage();
