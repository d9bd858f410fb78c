/** What single sign-on can fail with, in one sentence each. */
export const SSO_SENTENCES = {
  'redirect-refused':
    'The sign-in service does not accept the address that single sign-on comes back to. Add it to the redirect URLs of your Clerk instance:',
  'provider-refused': 'The provider did not sign you in. Try again, or choose another way to sign in.',
  'provider-closed': 'The provider’s window was closed before you were signed in. Try again.',
  'sign-in-unfinished':
    'There is one more step before you are signed in. Open the sign-in form and go on there.',
} as const;

export type SsoErrorCode = keyof typeof SSO_SENTENCES;
