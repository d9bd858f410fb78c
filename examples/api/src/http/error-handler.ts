import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ApiError } from './api-error.ts';

/** What Express and its parsers throw: https://github.com/jshttp/http-errors */
interface HttpError {
  status: number;
  type?: string;
}

/** Answers what no route did. */
export const answerNotFound: RequestHandler = (request) => {
  throw new ApiError('not-found', `${request.method} ${request.path} is not part of this API.`);
};

/** The one place where a request is refused: always JSON, never a redirect. */
export const answerError: ErrorRequestHandler = (error, request, response, next) => {
  // The answer is under way: Express ends the connection.
  if (response.headersSent) return next(error);
  const { code, status, message } = toApiError(error);
  if (status === 500) console.error(`${request.method} ${request.path}:`, error);
  // https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
  if (status === 401) response.set('WWW-Authenticate', 'Bearer');
  response.status(status).json({ error: { code, message } });
};

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (!isHttpError(error) || error.status >= 500) {
    return new ApiError('internal', 'The API failed. It is not your request; try again later.');
  }
  if (error.status === 413) return new ApiError('body-too-large', 'The body is too large. Send less.');
  if (error.status === 415) return new ApiError('not-json', 'Send the body as plain JSON in UTF-8.');
  if (error.type === 'entity.parse.failed') return new ApiError('bad-json', 'The body is no JSON.');
  return new ApiError('bad-request', 'The request cannot be read: look at its address and its body.');
}

function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}
