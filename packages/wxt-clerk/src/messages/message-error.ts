import { redactCause } from '../shared/redact';
import { ssoCallbackUrl } from '../shared/sso-callback';
import type { PAGE_SENTENCES } from './page-errors';
import { ATTEMPT_SENTENCES, SSO_SENTENCES } from './sso-errors';

/** What the background cannot say itself: it did not answer. */
const NO_REPLY_SENTENCES = {
  'background-stopped': 'The extension was restarted while it was answering. Try again.',
  'context-invalidated': 'The extension was updated. Reload this page.',
} as const;

// A build without single sign-on has none of its sentences: content scripts have all there are, and have to be small. Nor has the
// background, by WXT's name of it, those that it never says.
const isBackground = import.meta.env.ENTRYPOINT === 'background';
const ofAttempts = isBackground ? {} : ATTEMPT_SENTENCES;
const ofNoReply = (isBackground ? {} : NO_REPLY_SENTENCES) as typeof NO_REPLY_SENTENCES;
const ofSso = (ssoCallbackUrl ? { ...SSO_SENTENCES, ...ofAttempts } : {}) as typeof SSO_SENTENCES &
  typeof ATTEMPT_SENTENCES;

/** Every way a request can fail. One sentence each: what happened and what the reader can do. */
export const ERROR_SENTENCES = {
  ...ofSso,
  ...ofNoReply,
  // Added by `page-errors.ts`, where there is something that can fail with one of them.
  ...({} as typeof PAGE_SENTENCES),
  'bad-request':
    'The background does not know this request. Reload the extension so that all its parts are the same version.',
  forbidden: 'This page may not ask the background for that.',
  misconfigured:
    'The publishable key of this build is not valid. Set WXT_CLERK_PUBLISHABLE_KEY and build again.',
  offline: 'You are offline. Connect to the internet and try again.',
  unavailable: 'The sign-in service cannot be reached. Try again in a moment.',
  timeout: 'The sign-in service did not answer in time. Try again in a moment.',
  'rate-limited': 'Too many requests. Wait a moment and try again.',
  'origin-refused':
    'The sign-in service does not accept this extension. Add its origin to the allowed origins of your Clerk instance.',
  'native-api-off':
    'The sign-in service does not accept extensions. Turn on the Native API in the Clerk dashboard.',
  'host-permission-missing': 'The extension may not reach the sign-in service. Allow it to, and go on.',
  'account-blocked':
    'This account is blocked. Ask the people who run this app for help, or sign in with another account.',
  'captcha-required':
    'The sign-in service wants proof that you are no bot, which an extension cannot give. Create your account on the app’s website, then sign in here.',
  refused: 'The sign-in service refused the request. Sign out and in again if it stays so.',
  'signed-out': 'Nobody is signed in. Sign in, and try again.',
  'not-a-member': 'You are no member of it. Choose one of yours.',
  'not-found': 'What was asked for is not there, or no longer. Look again at what there is.',
  'api-refused':
    'The extension sends no token to this address. Add its origin to apiOrigins in access.config.ts and build again.',
  'api-unavailable': 'The API cannot be reached or did not answer in time. Try again in a moment.',
  'response-too-large': 'The API’s answer is too large. Ask for less at once.',
  'storage-unavailable':
    'The browser cannot store anything for this extension. Free some disk space and try again.',
  internal: 'Something went wrong in the extension. Try again, or reload the extension.',
} as const;

export type ErrorCode = keyof typeof ERROR_SENTENCES;

/**
 * Whether a request to the developer's API that has failed left the browser. `no`: it did not, so that it can be made again.
 * `maybe`: it was begun and no answer came, so that the API may have done what it asks for. `yes`: an answer came that cannot be
 * used.
 */
export type Sent = 'no' | 'maybe' | 'yes';

/** The error half of a reply, as it travels between contexts. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  /** Only of a request to the developer's API. */
  sent?: Sent;
  /** Milliseconds to wait before asking again; only where the Frontend API or the sender's budget said so. */
  retryAfterMs?: number;
}

/** An error that stays an error across contexts: thrown in the background, rethrown by `sendMessage`. */
export class MessageError extends Error {
  override readonly name = 'MessageError';
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;
  /** Of a request to the developer's API: did it leave the browser? `undefined` for every other message. */
  sent: Sent | undefined;

  constructor(code: ErrorCode, options: MessageErrorOptions = {}) {
    super(ERROR_SENTENCES[code], { cause: redactCause(options.cause) });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.sent = options.sent;
  }

  /** Rebuilds the error from a reply. An unknown code (a newer background) becomes `internal`. */
  static fromBody(body: ErrorBody): MessageError {
    const code = Object.hasOwn(ERROR_SENTENCES, body.code) ? body.code : 'internal';
    return new MessageError(code, body);
  }
}

/** The same error of a request of which this is known. A copy: those who share one may know different things. */
export function withSent(error: MessageError, sent: Sent | undefined): MessageError {
  return new MessageError(error.code, { ...error, cause: error.cause, sent });
}

/** An error as it travels. */
export function bodyOf({ code, message, retryAfterMs, sent }: MessageError): ErrorBody {
  return { code, message, ...(retryAfterMs !== undefined && { retryAfterMs }), ...(sent && { sent }) };
}

interface MessageErrorOptions {
  retryAfterMs?: number | undefined;
  sent?: Sent | undefined;
  cause?: unknown;
}

/** Any thrown value as a `MessageError`; what is not one already is `internal`, so that no raw text crosses contexts. */
export function toMessageError(error: unknown): MessageError {
  if (error instanceof MessageError) return error;
  // IndexedDB fails with these: a full disk, a damaged profile.
  return new MessageError(error instanceof DOMException ? 'storage-unavailable' : 'internal', {
    cause: error,
  });
}
