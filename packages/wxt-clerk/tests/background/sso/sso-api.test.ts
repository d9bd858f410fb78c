// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { ResourceRequest } from '../../../src/background/frontend-api';
import { createSsoApi, type SsoOutcome } from '../../../src/background/sso/sso-api';
import { MessageError } from '../../../src/messages/message-error';

const SIGN_IN = { kind: 'sign-in', resourceId: 'sia_1' } as const;
const SIGN_UP = { kind: 'sign-up', resourceId: 'sua_1' } as const;

/** Answers in turn; an error is a request that fails. */
function apiThatAnswers(...answers: unknown[]) {
  const asked: ResourceRequest[] = [];
  const api = createSsoApi(
    {
      fetchResource: async (request) => {
        asked.push(request);
        const answer = answers[asked.length - 1];
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    { wait: async () => {} },
  );
  return { api, asked };
}

const signIn = (status: string, verification: object = { status: 'verified' }) => ({
  id: 'sia_1',
  status,
  first_factor_verification: verification,
});
const signUp = (status: string, verification: object = { status: 'verified' }) => ({
  id: 'sua_1',
  status,
  verifications: { external_account: verification },
});
const denied = { status: 'unverified', error: { code: 'oauth_access_denied' } };

describe('what a provider’s answer came to', () => {
  test.each<[string, typeof SIGN_IN | typeof SIGN_UP, object, SsoOutcome]>([
    ['a complete sign-in', SIGN_IN, signIn('complete'), 'signed-in'],
    ['a second factor', SIGN_IN, signIn('needs_second_factor'), 'more-to-do'],
    ['a client that is not trusted', SIGN_IN, signIn('needs_client_trust'), 'more-to-do'],
    ['a refusal', SIGN_IN, signIn('needs_identifier', denied), 'refused'],
    ['no answer', SIGN_IN, signIn('needs_identifier', { status: 'unverified' }), 'refused'],
    [
      'no answer to a company’s own',
      SIGN_IN,
      signIn('needs_first_factor', { status: 'unverified' }),
      'refused',
    ],
    ['a complete sign-up', SIGN_UP, signUp('complete'), 'signed-in'],
    ['missing fields', SIGN_UP, signUp('missing_requirements'), 'more-to-do'],
    ['a refused sign-up', SIGN_UP, signUp('missing_requirements', denied), 'refused'],
  ])('%s', async (_, attempt, resource, outcome) => {
    const { api, asked } = apiThatAnswers(resource);
    expect(await api.redeem(attempt, 'nonce_1')).toEqual({ outcome });
    expect(asked).toEqual([expect.objectContaining({ search: { rotating_token_nonce: 'nonce_1' } })]);
  });

  test.each([
    [
      SIGN_IN,
      signIn('needs_identifier', { status: 'transferable' }),
      signUp('complete'),
      SIGN_UP,
      '/client/sign_ups',
    ],
    [
      SIGN_UP,
      signUp('missing_requirements', { status: 'transferable' }),
      signIn('complete'),
      SIGN_IN,
      '/client/sign_ins',
    ],
  ])('of somebody else’s kind is handed over: $kind', async (attempt, first, second, end, path) => {
    const { api, asked } = apiThatAnswers(first, second);
    expect(await api.redeem(attempt, null)).toEqual({ ...end, outcome: 'signed-in' });
    expect(asked.at(-1)).toEqual({ method: 'POST', path, body: { transfer: 'true' } });
    expect(asked[0]?.search).toEqual({});
  });

  test('an account that was handed over may want more', async () => {
    const { api } = apiThatAnswers(
      signIn('needs_identifier', { status: 'transferable' }),
      signUp('missing_requirements'),
    );
    expect(await api.redeem(SIGN_IN, 'nonce_1')).toEqual({ ...SIGN_UP, outcome: 'more-to-do' });
  });

  test('a connected account is read with its session', async () => {
    const { api, asked } = apiThatAnswers({ id: 'user_1' });
    const attempt = { kind: 'connection', resourceId: 'sess_1' } as const;
    expect(await api.redeem(attempt, 'nonce_1')).toEqual({ outcome: 'connected' });
    expect(asked[0]).toMatchObject({
      path: '/me',
      search: { rotating_token_nonce: 'nonce_1', _clerk_session_id: 'sess_1' },
    });
  });

  test.each([null, {}, { id: 7 }, 'text', { ...signIn('complete'), id: 'sia_2' }])(
    '%j is no answer',
    async (answer) => {
      const { api } = apiThatAnswers(answer, null);
      await expect(api.redeem(SIGN_IN, 'nonce_1')).rejects.toMatchObject({ code: 'unavailable' });
    },
  );
});

describe('an answer that got lost', () => {
  const lost = new MessageError('unavailable');
  const client = (sign_in: object | null, sign_up: object | null = null) => ({
    id: 'client_1',
    sign_in,
    sign_up,
  });

  test.each<[string, typeof SIGN_IN | typeof SIGN_UP, object, SsoOutcome]>([
    ['a sign-in that is done', SIGN_IN, client(null), 'signed-in'],
    ['a sign-up that is done', SIGN_UP, client(null), 'signed-in'],
    ['a second factor', SIGN_IN, client(signIn('needs_second_factor')), 'more-to-do'],
    ['missing fields', SIGN_UP, client(null, signUp('missing_requirements')), 'more-to-do'],
    ['a refusal', SIGN_IN, client(signIn('needs_identifier', denied)), 'refused'],
  ])('is asked for once, without the nonce: %s', async (_, attempt, answer, outcome) => {
    const { api, asked } = apiThatAnswers(lost, answer);
    expect(await api.redeem(attempt, 'nonce_1')).toEqual({ outcome });
    expect(asked[1]).toEqual({ method: 'GET', path: '/client' });
    expect(asked).toHaveLength(2);
  });

  test('of an attempt that is to be handed over, too', async () => {
    const transferable = signIn('needs_identifier', { status: 'transferable' });
    const { api } = apiThatAnswers(lost, client(transferable), signUp('complete'));
    expect(await api.redeem(SIGN_IN, 'nonce_1')).toEqual({ ...SIGN_UP, outcome: 'signed-in' });
  });

  test('of a connected account, by its session', async () => {
    const attempt = { kind: 'connection', resourceId: 'sess_1' } as const;
    const { api, asked } = apiThatAnswers(lost, { id: 'user_1' });
    expect(await api.redeem(attempt, 'nonce_1')).toEqual({ outcome: 'connected' });
    expect(asked[1]).toEqual({ method: 'GET', path: '/me', search: { _clerk_session_id: 'sess_1' } });
  });

  test('fails as it did where the server does not say either', async () => {
    const { api, asked } = apiThatAnswers(new MessageError('rate-limited'), null);
    await expect(api.redeem(SIGN_IN, 'nonce_1')).rejects.toMatchObject({ code: 'rate-limited' });
    expect(asked).toHaveLength(2);
  });
});

describe('a sign-in without Clerk’s form', () => {
  const url = 'https://accounts.example.com/authorize';

  test('begins with the address to come back to', async () => {
    const answer = signIn('needs_identifier', {
      status: 'unverified',
      external_verification_redirect_url: url,
    });
    const { api, asked } = apiThatAnswers(answer);
    expect(await api.begin('oauth_google', 'https://id.chromiumapp.org/')).toEqual({
      resourceId: 'sia_1',
      url,
    });
    expect(asked[0]?.body).toEqual({
      strategy: 'oauth_google',
      redirectUrl: 'https://id.chromiumapp.org/',
      actionCompleteRedirectUrl: 'https://id.chromiumapp.org/',
    });
  });

  test('is refused where the server names no page of the provider', async () => {
    const { api } = apiThatAnswers(signIn('needs_identifier'));
    await expect(api.begin('oauth_google', '')).rejects.toMatchObject({ code: 'refused' });
  });
});
