/** What is in the background's own script of requests to the developer's API: evaluated at the first one, never on waking. */
export { type Sending, sendRequest } from './send-request';
