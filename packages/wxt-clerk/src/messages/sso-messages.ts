import * as v from 'valibot';
import type { SsoService } from '../background/sso/sso-service';
import { type Message, message } from './message';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
// A local Frontend API has its providers' pages on this machine, without a certificate.
const providerUrl = v.pipe(
  v.string(),
  v.maxLength(8192),
  v.url(),
  v.regex(/^(https:|http:\/\/127\.0\.0\.1[:/])/),
);

const providerRequest = v.strictObject({
  id,
  kind: v.picklist(['sign-in', 'sign-up', 'connection']),
  resourceId: id,
  url: providerUrl,
});

const attempt = v.strictObject({ id });

const withStrategy = v.strictObject({
  strategy: v.pipe(v.string(), v.maxLength(128), v.regex(/^oauth_[\w-]+$/)),
});

/** The messages of single sign-on, which only the extension's own pages may send; there are none in a build without it. */
export function ssoMessages(sso: SsoService) {
  return {
    /** Opens the provider's page for an attempt that Clerk's form has begun. */
    'open-provider': message({
      schema: providerRequest,
      from: 'own-pages',
      handle: (request) => sso.open(request),
    }),
    /** A page has seen the provider's window go: the background looks. */
    'check-provider': message({
      schema: attempt,
      from: 'own-pages',
      handle: (attempt) => sso.checkWindow(attempt),
    }),
    /** The person has seen how an attempt ended. */
    'forget-provider': message({
      schema: attempt,
      from: 'own-pages',
      handle: (attempt) => sso.forget(attempt),
    }),
    /** Begins a sign-in with a provider, without Clerk's form. */
    'sign-in-with': message({
      schema: withStrategy,
      from: 'own-pages',
      handle: (wanted) => sso.signInWith(wanted),
    }),
  } satisfies Record<string, Message>;
}

export type SsoMessages = ReturnType<typeof ssoMessages>;
