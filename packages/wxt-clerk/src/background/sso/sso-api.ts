import { MessageError } from '../../messages/message-error';
import type { SsoAttempt, SsoKind } from '../../shared/sso-attempt';
import type { Clock } from '../clock';
import type { FrontendApi, ResourceRequest } from '../frontend-api';
import { BREAKER_PAUSES_MS } from '../throttles';

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
   * An answer may get lost that the server has given. The nonce is good for one request, so that it is then asked what has
   * become of the attempt, once.
   *
   * @param nonce Of the address that the provider came back to.
   */
  redeem(attempt: Attempt, nonce: string | null): Promise<SsoEnd>;
  /** The same of an answer that was taken, or may have been. */
  ask(attempt: Attempt): Promise<SsoEnd>;
}

export type SsoOutcome = 'signed-in' | 'connected' | 'more-to-do' | 'refused';

/** What an answer came to. A sign-in that was handed over to a sign-up is one from there on. */
export interface SsoEnd extends Partial<Attempt> {
  outcome: SsoOutcome;
}

type Attempt = Pick<SsoAttempt, 'kind' | 'resourceId'>;
type FormKind = Exclude<SsoKind, 'connection'>;

interface Identified {
  id: string;
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
interface Resource extends Identified {
  status?: unknown;
  first_factor_verification?: Verification | null;
  verifications?: { external_account?: Verification | null } | null;
}

/** What the client resource has of the attempts that are under way. */
interface ClientResource extends Identified {
  sign_in?: Resource | null;
  sign_up?: Resource | null;
}

const NAMES = { 'sign-in': 'sign_in', 'sign-up': 'sign_up' } as const;
const pathOf = (kind: FormKind) => `/client/${NAMES[kind]}s`;

export function createSsoApi(
  { fetchResource }: Pick<FrontendApi, 'fetchResource'>,
  { wait }: Pick<Clock, 'wait'>,
): SsoApi {
  /** @param id Whose answer alone is one. */
  async function fetchRead<Read extends Identified>(request: ResourceRequest, id?: string): Promise<Read> {
    const resource = (await fetchResource(request)) as Read | null | undefined;
    if (typeof resource?.id !== 'string' || resource.id !== (id ?? resource.id))
      throw new MessageError('unavailable');
    return resource;
  }

  async function endOf(resource: Resource, kind: FormKind): Promise<SsoEnd> {
    if (verificationOf(resource, kind)?.status !== 'transferable')
      return { outcome: outcomeOf(resource, kind) };
    const other = kind === 'sign-in' ? 'sign-up' : 'sign-in';
    const request = { method: 'POST', path: pathOf(other), body: { transfer: 'true' } } as const;
    const handedOver = await fetchRead<Resource>(request);
    return { kind: other, resourceId: handedOver.id, outcome: outcomeOf(handedOver, other) };
  }

  async function read({ kind, resourceId }: Attempt, search: Record<string, string>): Promise<SsoEnd> {
    const method = 'GET';
    if (kind === 'connection') {
      await fetchRead({ method, path: '/me', search: { ...search, _clerk_session_id: resourceId } });
      return { outcome: 'connected' };
    }
    const path = `${pathOf(kind)}/${encodeURIComponent(resourceId)}`;
    return endOf(await fetchRead({ method, path, search }, resourceId), kind);
  }

  async function ask(attempt: Attempt): Promise<SsoEnd> {
    const { kind, resourceId } = attempt;
    if (kind === 'connection') return read(attempt, {});
    const client = await fetchRead<ClientResource>({ method: 'GET', path: '/client' });
    const resource = client[NAMES[kind]];
    if (resource?.id === resourceId) return endOf(resource, kind);
    // What is done is none of the client's attempts any more.
    return { outcome: 'signed-in' };
  }

  return {
    async begin(strategy, callbackUrl) {
      const body = { strategy, redirectUrl: callbackUrl, actionCompleteRedirectUrl: callbackUrl };
      const request = { method: 'POST', path: pathOf('sign-in'), body } as const;
      const { id, first_factor_verification: verification } = await fetchRead<Resource>(request);
      const url = verification?.external_verification_redirect_url;
      if (typeof url !== 'string') throw new MessageError('refused');
      return { resourceId: id, url };
    },
    async redeem(attempt, nonce) {
      try {
        return await read(attempt, nonce ? { rotating_token_nonce: nonce } : {});
      } catch (error) {
        // A server that gave no answer is left alone for so long.
        await wait(BREAKER_PAUSES_MS[0]);
        return ask(attempt).catch(() => {
          throw error;
        });
      }
    },
    ask,
  };
}

function verificationOf(resource: Resource, kind: FormKind) {
  return kind === 'sign-in' ? resource.first_factor_verification : resource.verifications?.external_account;
}

// What a provider's yes leaves to do; in every other state it said no.
const UNFINISHED = /^(needs_(?!identifier)|missing_requirements)/;

function outcomeOf(resource: Resource, kind: FormKind): SsoOutcome {
  const { status } = resource;
  if (status === 'complete') return 'signed-in';
  const { error, status: verified } = verificationOf(resource, kind) ?? {};
  const isUnanswered = error || (verified && verified !== 'verified');
  return UNFINISHED.test(String(status)) && !isUnanswered ? 'more-to-do' : 'refused';
}
