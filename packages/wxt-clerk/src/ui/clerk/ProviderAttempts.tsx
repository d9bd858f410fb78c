import { useClerk } from '@clerk/chrome-extension';
import { useCallback, useEffect } from 'react';
import { reloadResources } from './align-session';
import { useProviderAttempts } from './provider-notice';

type Clerk = ReturnType<typeof useClerk>;

// What of Clerk builds the address that a provider comes back to (clerk-js 6.40.0).
interface UrlBuilder {
  clerkjs?: { buildUrlWithAuth(url: string): string };
}

export interface ProviderAttemptsProps {
  /** The form has to go on where the server now is. */
  onAnswer: (clerk: Clerk) => void;
  /** The form has to begin anew. */
  onGone: () => void;
}

/** Lets this page's form follow the attempts with providers. Shows nothing. */
export function ProviderAttempts({ onAnswer, onGone }: ProviderAttemptsProps) {
  const clerk = useClerk();
  useEffect(() => keepCredentialOutOfUrls(clerk as unknown as UrlBuilder), [clerk]);
  const answer = useCallback(() => {
    // Without an answer the form says so at its next step.
    void reloadResources(clerk)
      .catch(() => {})
      .then(() => onAnswer(clerk));
  }, [clerk, onAnswer]);
  useProviderAttempts(answer, onGone);
  return null;
}

/**
 * With a development key Clerk would put the client credential into the address that a provider comes back to; without a
 * cookie it throws inside of the click instead (clerk-js 6.40.0, "Missing dev browser").
 */
function keepCredentialOutOfUrls({ clerkjs }: UrlBuilder): void {
  if (clerkjs) clerkjs.buildUrlWithAuth = (url) => url;
}
