/** What is in the background's own script of requests to the developer's API: evaluated at the first one, never on waking. */
export { isAllowed } from './is-allowed';
export { receiveTransfer } from './receive-transfer';
export { type Sending, type SentRequest, sendRequest } from './send-request';
