import { Router } from 'express';
import { expectCaller } from '../access/gate.ts';

/**
 * Here the last active session is enough, whichever the request names. The race: between the page showing one account and the
 * background asking for a token the person may have chosen another, and the answer is about that one.
 */
export function lastActiveRoutes(): Router {
  return Router().get('/', (request, response) => {
    const { userId, sessionId } = expectCaller(request);
    response.json({ userId, sessionId });
  });
}
