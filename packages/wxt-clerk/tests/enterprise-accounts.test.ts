import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  keepPageInPlace,
  noteProviderPage,
  prepareConnectRequest,
} from '../src/ui/clerk/enterprise-accounts';

const CALLBACK = 'https://id.chromiumapp.org/';
const PROVIDER = 'https://idp.acme.example/sso';

const { open } = vi.hoisted(() => ({ open: vi.fn(async () => ({ callbackUrl: '' })) }));
vi.mock('../src/shared/sso-callback', () => ({ ssoCallbackUrl: 'https://id.chromiumapp.org/' }));
vi.mock('../src/ui/clerk/provider-transport', () => ({ providerTransport: { open } }));

const requestTo = (path: string, form: Record<string, string>) => ({
  method: 'POST',
  url: new URL(`https://clerk.example.com/v1${path}`),
  body: new URLSearchParams({ redirect_url: 'chrome-extension://id/popup.html', ...form }).toString(),
});
const connect = () => requestTo('/me/external_accounts', { enterprise_connection_id: 'samlc_1' });
const answer = (url: string) => ({
  payload: { response: { verification: { external_verification_redirect_url: url } } },
});
const redirectOf = ({ body }: { body: string }) => new URLSearchParams(body).get('redirect_url');

describe('a company’s account that is connected in the account page', () => {
  test('comes back as any other does', () => {
    const request = connect();
    prepareConnectRequest(request);
    expect(redirectOf(request)).toBe(CALLBACK);
    expect(request.body).toContain('enterprise_connection_id=samlc_1');
  });

  test.each([
    ['a provider’s account', requestTo('/me/external_accounts', { strategy: 'oauth_github' })],
    ['something else', requestTo('/me/email_addresses', { enterprise_connection_id: 'samlc_1' })],
  ])('leaves alone the request for %s', (_, request) => {
    const before = request.body;
    prepareConnectRequest(request);
    expect(request.body).toBe(before);
  });
});

describe('the page', () => {
  const navigate = vi.fn();
  const reload = vi.fn(async () => {});
  const clerk = () => {
    const made = { __internal_windowNavigate: navigate, user: { reload } };
    keepPageInPlace(made);
    return made;
  };

  beforeEach(() => {
    noteProviderPage(connect(), answer(PROVIDER));
    navigate.mockReset();
    reload.mockReset();
    open.mockClear();
  });

  test('stays, and the company’s page is opened as a provider’s; then the person is read anew', async () => {
    clerk().__internal_windowNavigate(new URL(PROVIDER));
    expect(navigate).not.toHaveBeenCalled();
    expect(open).toHaveBeenCalledWith(new URL(PROVIDER));
    await vi.waitUntil(() => reload.mock.calls.length === 1);
  });

  test('is led to any other address as before', () => {
    clerk().__internal_windowNavigate('https://accounts.example.com/user');
    expect(navigate).toHaveBeenCalledWith('https://accounts.example.com/user', undefined);
    expect(open).not.toHaveBeenCalled();
  });
});
