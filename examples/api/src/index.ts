import { createClient } from './access/clerk.ts';
import { sessionTokens } from './access/session-tokens.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { listen } from './http/listen.ts';
import { runServer } from './http/run-server.ts';
import { openStore } from './store/store.ts';

await runServer(async () => {
  const config = readConfig(process.env);
  const store = openStore(config.database);
  const clerk = createClient(config);
  const app = createApp({ config, store, clerk, authenticate: sessionTokens(clerk, config) });
  const server = await listen(app, config.port);
  console.log(`API: ${server.url}`);
  return async () => {
    await server.close();
    store.close();
  };
});
