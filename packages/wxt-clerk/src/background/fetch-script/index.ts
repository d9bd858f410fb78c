/** What is in the background's own script of requests to the developer's API: evaluated at the first one, never on waking. */
export { type Asking, fetchAsAsker } from './fetch-as-asker';
export { receiveTransfer } from './receive-transfer';
export type { SentRequest } from './send-request';
