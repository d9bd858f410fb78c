import { getAuth } from '@clerk/express';
import { Router } from 'express';

/** For everybody: that the API is there, and whether it knows who asks. */
export function homeRoutes(): Router {
  return Router().get('/', (request, response) => {
    response.json({ name: 'api', signedIn: getAuth(request).userId !== null });
  });
}
