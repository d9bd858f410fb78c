import { type ClerkClient, getAuth } from '@clerk/express';
import { type Request, Router } from 'express';
import * as v from 'valibot';
import { answerOf, verifyByFetchedKeys } from '../access/clerk.ts';
import { expectCaller } from '../access/gate.ts';
import type { Config } from '../config.ts';
import { ApiError } from '../http/api-error.ts';
import { readInput } from '../http/input.ts';

const THEMES = ['light', 'dark', 'system'] as const;

const Metadata = v.object(
  { theme: v.picklist(THEMES, `"theme" is one of ${THEMES.join(', ')}.`) },
  'Send { "theme": "…" }.',
);

/** Who asks: by the token alone, and by what Clerk says of them now. */
export function meRoutes(clerk: ClerkClient, config: Config): Router {
  const routes = Router();

  routes.get('/', (request, response) => {
    const { userId, sessionId, orgId } = expectCaller(request);
    response.json({ userId, sessionId, orgId: orgId ?? null });
  });

  // A token outlives its session by up to a minute. Where that is too long, the server is asked.
  routes.get('/live', async (request, response) => {
    const { userId, sessionId } = expectCaller(request);
    await verifyByFetchedKeys(await expectToken(request), config);
    const ended = new ApiError('session-ended', 'The session of this token is over. Sign in again.');
    const session = await answerOf(clerk.sessions.getSession(sessionId), ended);
    if (session.status !== 'active' || session.userId !== userId) throw ended;
    const { status, lastActiveAt, expireAt } = session;
    response.json({ userId, sessionId, status, lastActiveAt, expireAt });
  });

  routes.get('/profile', async (request, response) => {
    const { userId } = expectCaller(request);
    const user = await answerOf(clerk.users.getUser(userId), personIsGone());
    const { firstName, lastName, publicMetadata } = user;
    const emailAddress = user.primaryEmailAddress?.emailAddress ?? null;
    response.json({ userId, firstName, lastName, emailAddress, publicMetadata });
  });

  // Only a server writes public metadata, and only what it has looked at: people choose their theme and nothing else.
  routes.patch('/metadata', async (request, response) => {
    const { userId } = expectCaller(request);
    const publicMetadata = readInput(Metadata, request.body);
    const user = await answerOf(clerk.users.updateUserMetadata(userId, { publicMetadata }), personIsGone());
    response.json({ publicMetadata: user.publicMetadata });
  });

  return routes;
}

async function expectToken(request: Request): Promise<string> {
  const token = await getAuth(request).getToken();
  if (token === null) throw new ApiError('signed-out', 'There is no session token.');
  return token;
}

function personIsGone(): ApiError {
  return new ApiError('not-found', 'Clerk knows this person no longer.');
}
