/** What is in the background's own script of Clerk: evaluated at the first request, never on waking. */
export { createClerkClient } from './clerk-client';
export { keptPersonOf } from './kept-person';
export { createRequests } from './requests';
