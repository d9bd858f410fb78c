import type { CredentialStore } from '../../shared/credential-store';
import { mayCredentialBeDead } from '../refusal';
import type { RequestLimits } from '../request-limits';
import { REFUSAL_PAUSE_MS } from '../throttles';
import type { SignedIn } from './client-resource';
import type { Requests } from './requests';

export interface QuestionDependencies {
  api: Pick<Requests, 'fetchSignedIn' | 'askWhoIsBehind'>;
  limits: RequestLimits;
  credentials: Pick<CredentialStore, 'read' | 'setAside'>;
}

/**
 * Who is signed in, with authority: `null` for nobody.
 *
 * @param credential The one that is stored.
 */
export async function askWhoIsSignedIn(
  credential: string,
  { api, limits, credentials }: QuestionDependencies,
): Promise<SignedIn | null> {
  /** With any answer the server may have ended the credential. Without one it is nobody, whatever else it says. */
  const isForgotten = async () => (await credentials.read()) === undefined;

  /**
   * A server that knows the credential no more says so as it says "no news", or with a refusal, as it does for many a
   * reason. Only when it also knows nobody on another way is it believed. What comes to nothing changes nothing, and is
   * not asked again at once.
   */
  async function isNobody(): Promise<boolean> {
    const behind = await limits.guard('me', () => api.askWhoIsBehind()).catch(() => 'somebody' as const);
    if (behind === 'unknown-credential') await credentials.setAside(credential);
    if (behind === 'somebody' && !limits.isLimited('me')) await limits.pause('me', REFUSAL_PAUSE_MS);
    return behind === 'nobody' || isForgotten();
  }

  try {
    const signedIn = await limits.guard('client', () => api.fetchSignedIn());
    return (await isForgotten()) ? null : signedIn;
  } catch (error) {
    const isOver = mayCredentialBeDead(error) ? await isNobody() : await isForgotten();
    if (isOver) return null;
    throw error;
  }
}
