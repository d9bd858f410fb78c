import type { RequestHandler } from 'express';
import { ApiError } from './api-error.ts';

/** What the caller is told of a request that nobody can read. */
export function unreadable(): ApiError {
  return new ApiError('bad-request', 'The request cannot be read: look at its method and its address.');
}

/** Refuses what cannot be a standard `Request`, which Clerk's middleware makes of each: it would be a failure of the server. */
export const expectReadable: RequestHandler = ({ method, originalUrl }, _response, next) => {
  try {
    new Request(new URL(originalUrl, 'http://localhost'), { method });
  } catch {
    throw unreadable();
  }
  next();
};
