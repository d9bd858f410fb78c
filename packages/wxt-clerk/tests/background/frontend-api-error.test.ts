// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { saysGone, saysNobody } from '../../src/background/clerk-script/refusals';
import { FrontendApiError } from '../../src/background/frontend-api-error';
import { maySessionBeGone } from '../../src/background/refusal';
import { bodyOf, ERROR_SENTENCES, MessageError } from '../../src/messages/message-error';

const errorOf = (status: number, clerkCode?: string, retryAfterSeconds: number | null = null) =>
  new FrontendApiError({
    status,
    payload: clerkCode && { errors: [{ code: clerkCode }] },
    retryAfterSeconds,
  });

describe('what the server’s answer is to the reader', () => {
  test.each([
    [302, undefined, 'unavailable'],
    [307, 'authentication_invalid', 'unavailable'],
    [400, undefined, 'refused'],
    [400, 'form_param_invalid', 'refused'],
    [400, 'origin_invalid', 'origin-refused'],
    [400, 'origin_authorization_headers_conflict', 'origin-refused'],
    [400, 'native_api_disabled', 'native-api-off'],
    [400, 'host_invalid', 'misconfigured'],
    [400, 'publishable_key_invalid', 'misconfigured'],
    [401, 'authentication_invalid', 'refused'],
    [403, 'user_banned', 'account-blocked'],
    [403, 'user_deactivated', 'account-blocked'],
    [403, 'user_locked', 'account-blocked'],
    [404, 'resource_not_found', 'refused'],
    [422, 'missing_expired_token', 'refused'],
    [429, undefined, 'rate-limited'],
    [429, 'user_banned', 'rate-limited'],
    [500, undefined, 'unavailable'],
    [502, 'origin_invalid', 'unavailable'],
    [503, undefined, 'unavailable'],
    [599, undefined, 'unavailable'],
    [400, 'toString', 'refused'],
    [400, '__proto__', 'refused'],
  ] as const)('%i %s is %s', (status, clerkCode, code) => {
    const error = errorOf(status, clerkCode);
    expect(error).toMatchObject({ code, status, clerkCode: clerkCode ?? null });
    expect(bodyOf(error).message).toBe(ERROR_SENTENCES[code]);
  });

  test.each([
    null,
    '',
    '<html>',
    [],
    {},
    { errors: null },
    { errors: {} },
    { errors: [] },
    { errors: [null] },
    { errors: [{ code: 7 }] },
  ])('is read from the status alone when the body is %j', (payload) => {
    const error = new FrontendApiError({ status: 400, payload, retryAfterSeconds: null });
    expect(error).toMatchObject({ code: 'refused', clerkCode: null });
  });

  test('says nothing of what the server wrote', () => {
    const payload = { errors: [{ code: 'x', message: 'secret-jwt', long_message: 'secret-jwt' }] };
    const error = new FrontendApiError({ status: 400, payload, retryAfterSeconds: null });
    expect(JSON.stringify(bodyOf(error))).not.toContain('secret');
  });

  test.each([
    [429, 7, 7000],
    [429, 0.5, 1000],
    [429, 0, 1000],
    [429, -5, 1000],
    [429, 60, 60_000],
    [429, 86_400, 60_000],
    [429, null, 5000],
    [503, 7, 7000],
    [503, null, undefined],
    [400, null, undefined],
  ])('F5: a %i with Retry-After %s waits %s ms', (status, seconds, ms) => {
    expect(errorOf(status, undefined, seconds).retryAfterMs).toBe(ms);
  });
});

describe('a session that may be gone', () => {
  test.each([
    [400, false],
    [401, true],
    [403, true],
    [404, true],
    [409, false],
    [422, true],
    [429, false],
    [500, false],
  ])('%i: %s', (status, isPossible) => {
    expect(maySessionBeGone(errorOf(status))).toBe(isPossible);
  });

  test.each([new MessageError('offline'), new Error('x'), null, { status: 401 }])(
    'never by anything but an answer of the server: %s',
    (error) => {
      expect(maySessionBeGone(error)).toBe(false);
    },
  );
});

describe('nobody behind a credential', () => {
  test.each([
    [400, 'client_not_found', true],
    [401, 'authentication_invalid', true],
    [401, 'signed_out', true],
    [401, 'dev_browser_unauthenticated', true],
    [401, undefined, false],
    [401, 'requires_captcha', false],
    [302, 'authentication_invalid', false],
    [403, 'authentication_invalid', false],
    [500, 'signed_out', false],
  ])('%i %s: %s', (status, code, isSaid) => {
    expect(saysNobody(errorOf(status, code))).toBe(isSaid);
    expect(saysGone(errorOf(status, code))).toBe(isSaid);
  });

  test.each([
    [404, 'resource_not_found', true],
    [404, undefined, false],
    [404, 'external_account_not_found', false],
    [403, 'resource_not_found', false],
  ])('nor anything to end: %i %s: %s', (status, code, isSaid) => {
    expect(saysNobody(errorOf(status, code))).toBe(false);
    expect(saysGone(errorOf(status, code))).toBe(isSaid);
  });
});
