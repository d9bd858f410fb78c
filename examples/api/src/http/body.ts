import express, { type RequestHandler } from 'express';
import { ApiError } from './api-error.ts';

const MAX_BODY = '100kb';

/** Reads JSON up to 100 kB; any other body is refused. */
export const jsonBody: RequestHandler[] = [
  (request, _response, next) => {
    const isEmpty = request.get('content-length') === '0';
    // null: there is no body.
    if (!isEmpty && request.is('application/json') === false)
      throw new ApiError('not-json', 'Send JSON, with the header "Content-Type: application/json".');
    next();
  },
  express.json({ limit: MAX_BODY, type: 'application/json' }),
];
