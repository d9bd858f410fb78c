import * as v from 'valibot';
import { MessageError } from '../../messages/message-error';
import type { SsoAttempt, SsoKind } from '../../shared/sso-attempt';
import type { FrontendApi } from '../frontend-api';

/** The requests of single sign-on (frontend-api: a native client's OAuth, as in Clerk's own SDKs). */
export interface SsoApi {
  /**
   * Begins a sign-in with a provider.
   *
   * @param strategy Such as `oauth_google`.
   * @param callbackUrl Has to be on the instance's list of redirect URLs.
   */
  begin(strategy: string, callbackUrl: string): Promise<{ resourceId: string; url: string }>;
  /**
   * Takes what the provider's answer came to. Who signs in without an account is signed up, and the other way round.
   *
   * @param nonce Of the address that the provider came back to; it is good for one request.
   */
  redeem(attempt: Pick<SsoAttempt, 'kind' | 'resourceId'>, nonce: string | null): Promise<SsoEnd>;
}

export type SsoOutcome = 'signed-in' | 'connected' | 'more-to-do' | 'refused';

/** What an answer came to, and of what: a sign-in that was handed over to a sign-up is one from there on. */
export interface SsoEnd extends Pick<SsoAttempt, 'kind' | 'resourceId'> {
  outcome: SsoOutcome;
}

const verification = v.nullish(
  v.object({
    status: v.nullish(v.string()),
    error: v.nullish(v.unknown()),
    external_verification_redirect_url: v.nullish(v.string()),
  }),
);

/** What both a sign-in and a sign-up have, each in its own place. */
const resourceSchema = v.object({
  id: v.string(),
  status: v.nullish(v.string()),
  first_factor_verification: verification,
  verifications: v.nullish(v.object({ external_account: verification })),
});

type Resource = v.InferOutput<typeof resourceSchema>;

const PATHS = { 'sign-in': '/client/sign_ins', 'sign-up': '/client/sign_ups' } as const;
const OTHER = { 'sign-in': 'sign-up', 'sign-up': 'sign-in' } as const;

export function createSsoApi({ fetchResource }: Pick<FrontendApi, 'fetchResource'>): SsoApi {
  return {
    async begin(strategy, callbackUrl) {
      const body = { strategy, redirectUrl: callbackUrl, actionCompleteRedirectUrl: callbackUrl };
      const resource = readResource(await fetchResource({ method: 'POST', path: PATHS['sign-in'], body }));
      const url = resource.first_factor_verification?.external_verification_redirect_url;
      if (!url) throw new MessageError('refused');
      return { resourceId: resource.id, url };
    },
    async redeem({ kind, resourceId }, nonce) {
      const search: Record<string, string> = nonce ? { rotating_token_nonce: nonce } : {};
      if (kind === 'connection') {
        await fetchResource({
          method: 'GET',
          path: '/me',
          search: { ...search, _clerk_session_id: resourceId },
        });
        return { kind, resourceId, outcome: 'connected' };
      }
      const path = `${PATHS[kind]}/${encodeURIComponent(resourceId)}`;
      const resource = readResource(await fetchResource({ method: 'GET', path, search }));
      if (verificationOf(resource, kind)?.status !== 'transferable') return endOf(resource, kind);
      const other = OTHER[kind];
      const body = { transfer: 'true' };
      return endOf(readResource(await fetchResource({ method: 'POST', path: PATHS[other], body })), other);
    },
  };
}

function readResource(response: unknown): Resource {
  const parsed = v.safeParse(resourceSchema, response);
  if (!parsed.success) throw new MessageError('unavailable');
  return parsed.output;
}

function verificationOf(resource: Resource, kind: Exclude<SsoKind, 'connection'>) {
  return kind === 'sign-in' ? resource.first_factor_verification : resource.verifications?.external_account;
}

// What a provider's yes leaves to do; in every other state it said no.
const UNFINISHED = [
  'needs_second_factor',
  'needs_client_trust',
  'needs_new_password',
  'needs_first_factor',
  'missing_requirements',
];

function endOf(resource: Resource, kind: Exclude<SsoKind, 'connection'>): SsoEnd {
  return { kind, resourceId: resource.id, outcome: outcomeOf(resource, kind) };
}

function outcomeOf(resource: Resource, kind: Exclude<SsoKind, 'connection'>): SsoOutcome {
  const { status } = resource;
  if (status === 'complete') return 'signed-in';
  const { error, status: verified } = verificationOf(resource, kind) ?? {};
  const isUnanswered =
    Boolean(error) || verified === 'failed' || verified === 'unverified' || verified === 'expired';
  return status && UNFINISHED.includes(status) && !isUnanswered ? 'more-to-do' : 'refused';
}
