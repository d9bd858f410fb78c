import { ClerkFailed, ClerkLoaded, ClerkLoading, ClerkProvider, useClerk } from '@clerk/chrome-extension';
import { type ReactNode, use, useCallback, useState } from 'react';
import { MessageError } from '../../messages/message-error';
import { publishableKey } from '../../shared/config';
import { ErrorNotice } from '../ErrorNotice';
import { FormSkeleton } from '../Skeleton';
import { AccountPage } from './AccountPage';
import { AuthForms } from './AuthForms';
import { useAppearance } from './appearance';
import { type Flow, flowOf, SIGN_IN_URL, SIGN_UP_URL } from './flow';
import { useInstanceRefusal } from './instance-refusal';
import { loadLocalization } from './localization/index';
import { keepCookiesInMemory } from './page-cookies';
import { guardCredential, startNative, storageCache } from './page-credential';
import { SessionSync } from './SessionSync';

export interface ClerkScreenProps {
  show: 'sign-in' | 'account' | 'nothing';
  /** The session that the background reports, `null` when signed out. */
  sessionId: string | null;
}

// Firefox's scheme is missing in Clerk's list: without it Clerk turns every navigation into "/".
const REDIRECT_PROTOCOLS = ['chrome-extension:', 'moz-extension:'];

const localizationLoad = loadLocalization();

guardCredential();
keepCookiesInMemory();
startNative();

/** Everything of Clerk that a page shows. The default export of its own chunk: nothing else imports Clerk in a page. */
export default function ClerkScreen({ show, sessionId }: ClerkScreenProps) {
  const localization = use(localizationLoad);
  const appearance = useAppearance();
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
      appearance={appearance}
      {...(localization && { localization })}
      routerPush={navigate}
      routerReplace={navigate}
      signInUrl={SIGN_IN_URL}
      signUpUrl={SIGN_UP_URL}
      allowedRedirectProtocols={REDIRECT_PROTOCOLS}
      telemetry={false}
    >
      <ClerkLoading>{show !== 'nothing' && <FormSkeleton />}</ClerkLoading>
      <ClerkFailed>{show !== 'nothing' && <Unavailable />}</ClerkFailed>
      <ClerkLoaded>
        <SessionSync sessionId={sessionId} />
        {show === 'sign-in' && (
          <WhenHealthy>
            <InstanceNotice />
            <AuthForms chosenFlow={chosenFlow} onClosed={forgetFlow} />
          </WhenHealthy>
        )}
        {show === 'account' && <AccountPage />}
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
