import { ClerkFailed, ClerkLoaded, ClerkProvider, useClerk } from '@clerk/chrome-extension';
import { type ReactNode, useCallback, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { MessageError } from '../../messages/message-error';
import { publishableKey } from '../../shared/config';
import { clerkView, watchClerkView } from '../clerk-host';
import { ErrorBoundary } from '../ErrorBoundary';
import { ErrorNotice } from '../ErrorNotice';
import { AccountPage } from './AccountPage';
import { AuthForms } from './AuthForms';
import { APPEARANCE } from './appearance';
import { type Flow, flowOf, SIGN_IN_URL, SIGN_UP_URL } from './flow';
import { type Localization, loadLocalization } from './localization/index';
import { keepCookiesInMemory } from './page-cookies';
import { guardCredential, prepareRequests, storageCache } from './page-credential';
import { useInstanceRefusal } from './refusal-watch';
import { SessionSync } from './SessionSync';

// Firefox's scheme is missing in Clerk's list: without it Clerk turns every navigation into "/".
const REDIRECT_PROTOCOLS = ['chrome-extension:', 'moz-extension:'];

guardCredential();
keepCookiesInMemory();
prepareRequests();

/**
 * Starts the one Clerk of this page, in an element that the screens hand around. Its own chunk: nothing else imports
 * Clerk in a page.
 */
export async function mountClerk(element: HTMLElement): Promise<void> {
  // Awaited here: a Suspense fallback anywhere in the page makes React hold back what comes next for 300 ms.
  const localization = await loadLocalization();
  // No StrictMode: it would unmount Clerk's provider once, which then forgets its Clerk (clerk-react's ClerkProvider.tsx).
  createRoot(element).render(
    <ErrorBoundary>
      <ClerkScreen localization={localization} />
    </ErrorBoundary>,
  );
}

function ClerkScreen({ localization }: { localization: Localization | undefined }) {
  const view = useSyncExternalStore(watchClerkView, clerkView);
  const [chosenFlow, setChosenFlow] = useState<Flow | null>(null);
  const forgetFlow = useCallback(() => setChosenFlow(null), []);

  // Clerk navigates after each step; in an extension page only the switch between the two forms means anything.
  const navigate = (to: string) => {
    const next = flowOf(to);
    if (next) setChosenFlow(next);
  };

  return (
    <ClerkProvider
      publishableKey={publishableKey}
      storageCache={storageCache}
      appearance={APPEARANCE}
      {...(localization && { localization })}
      routerPush={navigate}
      routerReplace={navigate}
      signInUrl={SIGN_IN_URL}
      signUpUrl={SIGN_UP_URL}
      allowedRedirectProtocols={REDIRECT_PROTOCOLS}
      telemetry={false}
    >
      <ClerkFailed>{view !== 'nothing' && <Unavailable />}</ClerkFailed>
      <ClerkLoaded>
        <SessionSync />
        {view === 'sign-in' && (
          <WhenHealthy>
            <InstanceNotice />
            <AuthForms chosenFlow={chosenFlow} onClosed={forgetFlow} />
          </WhenHealthy>
        )}
        {view === 'account' && <AccountPage />}
      </ClerkLoaded>
    </ClerkProvider>
  );
}

// "Degraded" is Clerk without an answer of the Frontend API: its form would show, and then fail at the first click.
function WhenHealthy({ children }: { children: ReactNode }) {
  const { status } = useClerk();
  return status === 'degraded' ? <Unavailable /> : children;
}

// The form stays below it: it is the way to try again.
function InstanceNotice() {
  const refusal = useInstanceRefusal();
  return refusal && <ErrorNotice error={new MessageError(refusal)} onRetry={() => {}} inline />;
}

function Unavailable() {
  const refusal = useInstanceRefusal();
  const code = refusal ?? (navigator.onLine ? 'unavailable' : 'offline');
  return <ErrorNotice error={new MessageError(code)} onRetry={() => window.location.reload()} />;
}
