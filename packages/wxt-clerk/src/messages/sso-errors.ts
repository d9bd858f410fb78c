/** What single sign-on can fail with, in one sentence each. */
export const SSO_SENTENCES = {
  'redirect-refused':
    'This way back from providers is not accepted. Add it to the redirect URLs of your Clerk instance:',
} as const;

/** The same of what the background notes in the attempt, and a page says. */
export const ATTEMPT_SENTENCES = {
  'provider-refused': 'The provider did not sign you in. Try again, or another way.',
  'provider-closed': 'The provider’s window was closed before you were signed in. Try again.',
  'sign-in-unfinished': 'One step is left: go on in the form.',
} as const;

export type SsoErrorCode = keyof typeof SSO_SENTENCES | keyof typeof ATTEMPT_SENTENCES;
