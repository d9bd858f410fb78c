import { useClerk, useSession } from '@clerk/chrome-extension';
import { useEffect, useMemo } from 'react';
import type { SsoAttempt } from '../../shared/sso-attempt';
import { reloadResources } from './align-session';
import { keepPageInPlace, type Navigator } from './enterprise-accounts';
import { type FormActions, tellProviderTrouble, useProviderAttempts } from './provider-notice';
import { isAtPointLeft } from './resume';

type Clerk = ReturnType<typeof useClerk>;

// What is replaced of Clerk: it builds the address that a provider comes back to, and leads away (clerk-js 6.40.0).
interface Replaced {
  clerkjs?: Navigator & { buildUrlWithAuth(url: string): string };
}

export interface ProviderAttemptsProps {
  /** The form has to go on where the server now is. */
  onAnswer: (clerk: Clerk, attempt: SsoAttempt) => void;
  /** The form has to begin anew. */
  onGone: () => void;
}

/** Lets this page's form follow the attempts with providers. Shows nothing. */
export function ProviderAttempts({ onAnswer, onGone }: ProviderAttemptsProps) {
  const clerk = useClerk();
  useEffect(() => {
    const { clerkjs } = clerk as unknown as Replaced;
    if (!clerkjs) return;
    keepCredentialOutOfUrls(clerkjs);
    keepPageInPlace(clerkjs);
  }, [clerk]);
  const form = useMemo(
    (): FormActions => ({
      // Without an answer the form says so at its next step.
      reload: () => reloadResources(clerk).catch(() => {}),
      isThere: (attempt) => isAtPointLeft(clerk, attempt),
      onAnswer: (attempt) => onAnswer(clerk, attempt),
      onGone,
    }),
    [clerk, onAnswer, onGone],
  );
  useProviderAttempts(form);
  const sessionId = useSession().session?.id;
  // Who signed in another way, or out, has seen what came of the last attempt.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the session is another one
  useEffect(() => tellProviderTrouble(null), [sessionId]);
  return null;
}

/**
 * With a development key Clerk would put the client credential into the address that a provider comes back to; without a
 * cookie it throws inside of the click instead (clerk-js 6.40.0, "Missing dev browser").
 */
function keepCredentialOutOfUrls(clerkjs: NonNullable<Replaced['clerkjs']>): void {
  clerkjs.buildUrlWithAuth = (url) => url;
}
