import type { RequestListener } from 'node:http';
import type { ClerkClient } from '@clerk/express';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { expectNamedSession, trustNoStranger } from './access/gate.ts';
import { letWebPagesRead, refuseForeignPages } from './access/web-pages.ts';
import type { Config } from './config.ts';
import { jsonBody } from './http/body.ts';
import { answerError, answerNotFound } from './http/error-handler.ts';
import { expectReadable, unreadable } from './http/readable.ts';
import { adminRoutes } from './routes/admin.ts';
import { homeRoutes } from './routes/home.ts';
import { lastActiveRoutes } from './routes/last-active.ts';
import { meRoutes } from './routes/me.ts';
import { noteRoutes } from './routes/notes.ts';
import { organizationNoteRoutes } from './routes/organization-notes.ts';
import type { Store } from './store/store.ts';
import { webhookRoutes } from './webhooks/routes.ts';

/** What the API is made of. */
export interface AppParts {
  config: Config;
  store: Store;
  clerk: ClerkClient;
  /** Finds out whose token a request has: `sessionTokens()`. */
  authenticate: RequestHandler;
}

/** The API. The order is the rule: who may read, who asks, which session, and only then what is asked. */
export function createApp({ config, store, clerk, authenticate }: AppParts): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');

  app.use(expectReadable);
  // Signed by Clerk, and by no session: read before anything else reads the body.
  app.use('/webhooks', webhookRoutes(store, config.webhookSigningSecret));

  app.use(keepNothing);
  app.use(letWebPagesRead(config.parties));
  app.use(authenticate);
  app.use(trustNoStranger({ parties: config.parties, revocations: store.revocations }));
  app.use(refuseForeignPages(config.parties));
  app.use(jsonBody);
  app.use('/', homeRoutes());
  app.use('/me/last-active', lastActiveRoutes());
  app.use(expectNamedSession);
  app.use('/me', meRoutes(clerk, config));
  app.use('/notes', noteRoutes(store));
  app.use('/org/notes', organizationNoteRoutes(store));
  app.use('/admin', adminRoutes(clerk, store));
  app.use(answerNotFound);
  app.use(answerError);
  // Express calls no handler for an address that it cannot read.
  const listener = (request: Request, response: Response) =>
    app(request, response, (error) =>
      answerError(error ?? unreadable(), request, response, () => response.destroy()),
    );
  return listener as RequestListener;
}

/** What belongs to a person is kept by no cache: https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.5 */
const keepNothing: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
