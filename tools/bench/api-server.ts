/**
 * `examples/api` in a process of its own, for `measurements/api.ts`: `node api-server.ts verified` as it is, `… open` without
 * any verification. Its settings are in the environment; it prints its address.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { API_FOLDER } from '../api-example.ts';

/** As far as it is used here: the folder may be deleted, and types of it would go with it. */
type Authenticate = (request: { auth?: unknown }, response: unknown, next: (error?: unknown) => void) => void;

const load = (path: string) => import(pathToFileURL(join(API_FOLDER, 'src', path)).href);
const { createApp } = await load('app.ts');
const { readConfig } = await load('config.ts');
const { createClient } = await load('access/clerk.ts');
const { sessionTokens } = await load('access/session-tokens.ts');
const { openStore } = await load('store/store.ts');
const { listen } = await load('http/listen.ts');

const isOpen = process.argv[2] === 'open';
const config = readConfig(process.env);
const clerk = createClient(config);
const store = openStore(config.database);
const authenticate: Authenticate = sessionTokens(clerk, config);
const nothingRevoked = { ...store.revocations, find: () => null };
const app = createApp({
  config,
  clerk,
  store: isOpen ? { ...store, revocations: nothingRevoked } : store,
  authenticate: isOpen ? likeTheFirst(authenticate) : authenticate,
});
console.log((await listen(app, config.port)).url);

/** Looks at the first request's token and at no other: each is answered as that one. */
function likeTheFirst(verify: Authenticate): Authenticate {
  let first: unknown;
  return (request, response, next) => {
    if (first !== undefined) {
      request.auth = first;
      return next();
    }
    verify(request, response, (error) => {
      first = request.auth;
      next(error);
    });
  };
}
