import { isObject } from './form.ts';
import { isTotpSecret } from './state/totp.ts';

/** Bad input to the control surface: the caller's mistake, told in a sentence. */
export class ControlError extends Error {
  /** Of the HTTP form. */
  readonly status: 400 | 403 | 404;

  constructor(message: string, status: 400 | 403 | 404 = 400) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
  }
}

/** A rule for one field: what it must be, and whether a value is that. */
export interface Rule {
  expected: string;
  accepts: (value: unknown) => boolean;
  /** `true`: a bad value is not shown in the error. */
  isSecret?: boolean;
}

export const TEXT: Rule = {
  expected: 'a non-empty string',
  accepts: (value) => typeof value === 'string' && value !== '',
};
export const ANY_TEXT: Rule = { expected: 'a string', accepts: (value) => typeof value === 'string' };
export const TEXT_OR_NULL: Rule = {
  expected: 'null or a non-empty string',
  accepts: (value) => value === null || TEXT.accepts(value),
};
export const FLAG: Rule = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };
export const COUNT_OR_NULL: Rule = {
  expected: 'null or a whole number of at least 1',
  accepts: (value) => value === null || (Number.isInteger(value) && (value as number) >= 1),
};
export const JSON_OBJECT: Rule = { expected: 'an object', accepts: isObject };
export const NUMBER: Rule = { expected: 'a number', accepts: (value) => Number.isFinite(value) };
export const NOT_NEGATIVE: Rule = {
  expected: 'a number of at least 0',
  accepts: (value) => typeof value === 'number' && value >= 0 && Number.isFinite(value),
};
export const EMAIL: Rule = {
  expected: 'an e-mail address',
  accepts: (value) => typeof value === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
};
export const ORIGINS: Rule = {
  expected: 'null or a list of origins such as "chrome-extension://abc"',
  accepts: (value) =>
    value === null || (Array.isArray(value) && value.every((item) => typeof item === 'string')),
};

export const REDIRECT_URLS: Rule = {
  expected: 'null or a list of addresses such as "https://abc.chromiumapp.org/"',
  accepts: (value) =>
    value === null ||
    (Array.isArray(value) && value.every((item) => typeof item === 'string' && URL.canParse(item))),
};
export const SOCIAL_PROVIDER: Rule = {
  expected: 'a strategy such as "oauth_google" or "oauth_custom_acme"',
  accepts: (value) => typeof value === 'string' && /^oauth_(?!token_)[a-z0-9_]+$/.test(value),
};
export const EXTERNAL_ACCOUNT: Rule = {
  expected: 'an object such as {"strategy":"oauth_google"}',
  accepts: isExternalAccount,
};
export const ENTERPRISE_CONNECTION: Rule = {
  expected: 'an object such as {"domain":"acme.example","name":"Acme"}',
  accepts: isEnterpriseConnection,
};

export const RATE_LIMITS: Rule = {
  expected: '"off", "clerk" or an object such as {"signIns":{"requests":10,"perSeconds":10},"tokens":null}',
  accepts: (value) => value === 'off' || value === 'clerk' || isRateLimits(value),
};

export const PHONE_NUMBER: Rule = {
  expected: 'a phone number such as "+15555550100"',
  accepts: (value) => typeof value === 'string' && /^\+[1-9]\d{6,14}$/.test(value),
};
export const USERNAME: Rule = {
  expected: 'a username such as "grace", of 4 to 64 letters, digits, "-" and "_"',
  accepts: (value) => typeof value === 'string' && /^[a-z0-9_-]{4,64}$/i.test(value),
};
export const TOTP_SECRET: Rule = {
  expected: 'a base32 secret of at least 16 capital letters and digits 2 to 7',
  accepts: (value) => typeof value === 'string' && isTotpSecret(value),
};
export const ACTOR: Rule = {
  expected: 'an object such as {"sub":"user_…"}',
  accepts: (value) => isObject(value) && typeof value.sub === 'string',
};

/** Commas and colons would cut the claims of a token. */
export const KEY: Rule = {
  expected: 'a key such as "pro" of small letters, digits, "_" and "-"',
  accepts: (value) => typeof value === 'string' && /^[a-z0-9_-]+$/.test(value),
};
export const KEY_OR_NULL: Rule = {
  expected: `null or ${KEY.expected}`,
  accepts: (value) => value === null || KEY.accepts(value),
};
export const ROLE_KEY: Rule = {
  expected: 'a role such as "org:admin"',
  accepts: (value) => typeof value === 'string' && /^org:[a-z0-9_]+$/.test(value),
};
export const ORGANIZATION_ROLE: Rule = {
  expected: 'an object such as {"key":"org:billing","permissions":["org:invoices:manage"]}',
  accepts: isOrganizationRole,
};

export const SECRET_KEY: Rule = {
  expected: 'a secret key, "sk_live_…" or "sk_test_…" of letters, digits, "-" and "_"',
  accepts: (value) => typeof value === 'string' && /^sk_(live|test)_[\w-]+$/.test(value),
  isSecret: true,
};
export const SIGNING_SECRET: Rule = {
  expected: 'a signing secret, "whsec_" and base64',
  accepts: (value) =>
    typeof value === 'string' &&
    /^whsec_(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value) &&
    value !== 'whsec_',
  isSecret: true,
};
export const WEBHOOK_URL: Rule = {
  expected: 'an address such as "http://localhost:3000/webhooks/clerk"',
  accepts: (value) => typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? ''),
};

const RATE_LIMIT_KINDS = ['signIns', 'attempts', 'tokens'];

function isExternalAccount(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { strategy, emailAddress, providerUserId, mustReconnect, ...rest } = value;
  const isGiven = (field: unknown, rule: Rule) => field === undefined || rule.accepts(field);
  return (
    SOCIAL_PROVIDER.accepts(strategy) &&
    isGiven(emailAddress, EMAIL) &&
    isGiven(providerUserId, TEXT) &&
    isGiven(mustReconnect, FLAG) &&
    Object.keys(rest).length === 0
  );
}

function isEnterpriseConnection(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { domain, name, provider = 'saml_custom', allowOrganizationAccountLinking = false, ...rest } = value;
  const isDomain = typeof domain === 'string' && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain);
  const isKnown = FLAG.accepts(allowOrganizationAccountLinking) && Object.keys(rest).length === 0;
  return isDomain && [name, provider].every(TEXT.accepts) && isKnown;
}

function isOrganizationRole(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { key, name = key, description = '', permissions, ...rest } = value;
  const isPermission = (text: unknown) =>
    typeof text === 'string' && /^org:[a-z0-9_-]+:[a-z0-9_-]+$/.test(text);
  return (
    ROLE_KEY.accepts(key) &&
    TEXT.accepts(name) &&
    ANY_TEXT.accepts(description) &&
    Array.isArray(permissions) &&
    permissions.every(isPermission) &&
    Object.keys(rest).length === 0
  );
}

function isRateLimits(value: unknown): boolean {
  if (!isObject(value)) return false;
  return Object.entries(value).every(
    ([kind, limit]) => RATE_LIMIT_KINDS.includes(kind) && isRateLimit(limit),
  );
}

function isRateLimit(limit: unknown): boolean {
  if (limit === null) return true;
  const isCount = (value: unknown) => typeof value === 'number' && Number.isInteger(value) && value > 0;
  return isObject(limit) && isCount(limit.requests) && isCount(limit.perSeconds);
}

/** A whole number of at least `minimum`, and of at most `maximum`. */
export function integer(minimum: number, maximum = Number.MAX_SAFE_INTEGER): Rule {
  const range =
    maximum === Number.MAX_SAFE_INTEGER ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
  const accepts = (value: unknown) =>
    typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum;
  return { expected: `a whole number ${range}`, accepts };
}

/** A list whose items all keep a rule. */
export function listOf(rule: Rule): Rule {
  return {
    expected: `a list, each item ${rule.expected}`,
    accepts: (value) => Array.isArray(value) && value.every(rule.accepts),
  };
}

/** One of the given strings. */
export function oneOf(values: readonly string[]): Rule {
  return {
    expected: `one of ${values.join(', ')}`,
    accepts: (value) => values.some((known) => known === value),
  };
}

/**
 * Holds an object to its rules. A field whose value is `undefined` counts as absent.
 * @param what names the call in the error, e.g. `addFault`
 * @throws {ControlError} for no object, an unknown field, a missing one or a bad value.
 */
export function checkFields(
  what: string,
  input: unknown,
  rules: Record<string, Rule>,
  required: string[] = [],
): void {
  if (!isObject(input)) throw new ControlError(`${what}: expected an object, got ${describe(input)}.`);
  for (const [name, value] of Object.entries(input)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule)
      throw new ControlError(
        `${what}: unknown field "${name}". Known fields: ${Object.keys(rules).join(', ')}.`,
      );
    if (value !== undefined && !rule.accepts(value)) {
      const seen = rule.isSecret ? 'another value, which is not shown' : describe(value);
      throw new ControlError(`${what}: "${name}" must be ${rule.expected}, got ${seen}.`);
    }
  }
  const missing = required.find((name) => input[name] === undefined);
  if (missing)
    throw new ControlError(`${what}: "${missing}" is missing; it must be ${rules[missing]?.expected}.`);
}

function describe(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 100);
}
