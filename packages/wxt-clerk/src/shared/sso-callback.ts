/**
 * The address that a provider of single sign-on comes back to; empty where the build has none, and outside of a build. Compare it
 * where it is used, so that a build without single sign-on leaves out what it needs.
 */
export const ssoCallbackUrl: string =
  typeof __CLERK_SSO_CALLBACK__ === 'undefined' ? '' : __CLERK_SSO_CALLBACK__;
