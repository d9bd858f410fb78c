import express, { Router } from 'express';
import type { Store } from '../store/store.ts';
import { carryOut } from './carry-out.ts';
import { verifyMessage } from './verify.ts';

// A person with full metadata takes less than a tenth of it.
const MAX_BODY = '1mb';

/** Where Clerk tells what happened. Any answer but 2xx, and it tells it again. */
export function webhookRoutes(store: Store, signingSecret: string | null): Router {
  const routes = Router();
  // The bytes as they came: the signature is over them, and JSON that was read and written again is another text.
  routes.use(express.raw({ type: () => true, limit: MAX_BODY, inflate: false }));
  routes.post('/clerk', async (request, response) => {
    const message = await verifyMessage(request, signingSecret);
    response.json({ received: true, repeated: !carryOut(store, message) });
  });
  return routes;
}
