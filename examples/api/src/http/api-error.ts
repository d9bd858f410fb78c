/** Why a request is not answered. The code is for programs and stays as it is; the sentence says what to do. */
export type ErrorCode = keyof typeof STATUSES;

const STATUSES = {
  'bad-request': 400,
  'bad-json': 400,
  'bad-input': 400,
  'webhook-headers-missing': 400,
  'webhook-timestamp-stale': 400,
  'webhook-not-understood': 400,
  'signed-out': 401,
  'token-refused': 401,
  'token-outdated': 401,
  'foreign-party': 401,
  'session-ended': 401,
  'webhook-signature-wrong': 401,
  'session-pending': 403,
  'session-mismatch': 403,
  'origin-not-allowed': 403,
  'organization-needed': 403,
  'role-needed': 403,
  'permission-needed': 403,
  'feature-needed': 403,
  'not-found': 404,
  'note-not-found': 404,
  'too-many-notes': 409,
  'body-too-large': 413,
  'not-json': 415,
  internal: 500,
  'webhook-secret-missing': 500,
  'clerk-unavailable': 502,
} as const;

/** A refusal or a failure that the caller is told of. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly status: number;

  /** @param message One sentence: what was wrong, and what to do. */
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.status = STATUSES[code];
  }
}
