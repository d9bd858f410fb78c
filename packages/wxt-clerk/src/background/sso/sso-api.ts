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

interface Verification {
  status?: unknown;
  error?: unknown;
  external_verification_redirect_url?: unknown;
}

/**
 * What both a sign-in and a sign-up have, each in its own place. All of it is only compared, so that anything else is no match: a
 * schema would be a twentieth of what single sign-on may add to the background.
 */
interface Resource {
  id: string;
  status?: unknown;
  first_factor_verification?: Verification | null;
  verifications?: { external_account?: Verification | null } | null;
}

const PATHS = { 'sign-in': '/client/sign_ins', 'sign-up': '/client/sign_ups' } as const;
const OTHER = { 'sign-in': 'sign-up', 'sign-up': 'sign-in' } as const;

export function createSsoApi({ fetchResource }: Pick<FrontendApi, 'fetchResource'>): SsoApi {
  return {
    async begin(strategy, callbackUrl) {
      const body = { strategy, redirectUrl: callbackUrl, actionCompleteRedirectUrl: callbackUrl };
      const resource = readResource(await fetchResource({ method: 'POST', path: PATHS['sign-in'], body }));
      const url = resource.first_factor_verification?.external_verification_redirect_url;
      if (typeof url !== 'string') throw new MessageError('refused');
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
  const resource = response as Resource | null | undefined;
  if (typeof resource?.id !== 'string') throw new MessageError('unavailable');
  return resource;
}

function verificationOf(resource: Resource, kind: Exclude<SsoKind, 'connection'>) {
  return kind === 'sign-in' ? resource.first_factor_verification : resource.verifications?.external_account;
}

// What a provider's yes leaves to do; in every other state it said no.
const UNFINISHED = /^(needs_(?!identifier)|missing_requirements)/;

function endOf(resource: Resource, kind: Exclude<SsoKind, 'connection'>): SsoEnd {
  return { kind, resourceId: resource.id, outcome: outcomeOf(resource, kind) };
}

function outcomeOf(resource: Resource, kind: Exclude<SsoKind, 'connection'>): SsoOutcome {
  const { status } = resource;
  if (status === 'complete') return 'signed-in';
  const { error, status: verified } = verificationOf(resource, kind) ?? {};
  const isUnanswered = error || (verified && verified !== 'verified');
  return UNFINISHED.test(String(status)) && !isUnanswered ? 'more-to-do' : 'refused';
}
