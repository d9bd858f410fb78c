import { describe, expect, test } from 'vitest';
import type { SsoService } from '../src/background/sso/sso-service';
import { parseOptions } from '../src/messages/parse-request';
import { partFor } from '../src/messages/sender-policy';
import { ssoMessages } from '../src/messages/sso-messages';

const row = ssoMessages({} as SsoService)['sign-in-with'];

function parse(strategy: string): object | null {
  const part = partFor('own-page', row);
  return part ? parseOptions(part, { type: 'sign-in-with', strategy }) : null;
}

describe('a sign-in with a provider', () => {
  test.each(['oauth_google', 'oauth_custom_my-idp', 'oauth_custom_Acme2'])('takes %s', (strategy) => {
    expect(parse(strategy)).toEqual({ strategy });
  });

  test.each(['password', 'oauth_', 'oauth_google&x=1', 'enterprise_sso', `oauth_${'a'.repeat(128)}`])(
    'takes no %s',
    (strategy) => {
      expect(parse(strategy)).toBeNull();
    },
  );
});
