import { ClerkLoaded, ClerkProvider, useClerk, useSession } from '@clerk/chrome-extension';
import { type ReactNode, useCallback, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { authStore } from '../../client/auth-store';
import { MessageError } from '../../messages/message-error';
import { sendMessage } from '../../messages/send-message';
import { publishableKey } from '../../shared/config';
import { ssoCallbackUrl } from '../../shared/sso-callback';
import {
  type ClerkView,
  clerkView,
  holdForm,
  isFormHeld,
  leaveClerkView,
  watchClerkView,
} from '../clerk-host';
import { ErrorBoundary } from '../ErrorBoundary';
import { ErrorNotice } from '../ErrorNotice';
import { unavailable } from '../unavailable';
import { AccountPage } from './AccountPage';
import { AuthForms, type ChosenForm } from './AuthForms';
import { APPEARANCE } from './appearance';
import { refuseBlobWorkers } from './blob-workers';
import { type Destination, destinationOf, isDone, SIGN_IN_URL, SIGN_UP_URL, WAITLIST_URL } from './flow';
import { useInstanceNote } from './instance-note';
import { type Localization, loadLocalization } from './localization/index';
import { createNotice } from './notice';
import { OrganizationList, OrganizationPage } from './OrganizationPages';
import { ProviderAttempts } from './ProviderAttempts';
import { ProvidersOff } from './ProvidersOff';
import { keepCookiesInMemory } from './page-cookies';
import { guardCredential, prepareRequests, storageCache } from './page-credential';
import { useProviderTrouble } from './provider-notice';
import { providerTransport } from './provider-transport';
import { Reverifications } from './Reverifications';
import { useRecovery } from './recovery';
import { notePermission, useInstanceRefusal } from './refusal-watch';
import { resumeAfterProvider } from './resume';
import { startAtRoute } from './route';
import { SessionSync } from './SessionSync';
import { useTrouble } from './trouble';

// Firefox's scheme is missing in Clerk's list (ALLOWED_PROTOCOLS: @clerk/shared 4.41.0, internal/clerk-js/windowNavigate.ts):
// without it Clerk turns every navigation into "/" (clerk-js 6.40.0, core/clerk.ts, navigate).
const REDIRECT_PROTOCOLS = ['chrome-extension:', 'moz-extension:'];

// Not in the types of Clerk's provider, which hands it on.
const TRANSPORT = ssoCallbackUrl ? { __internal_oauthTransport: providerTransport } : {};

guardCredential();
keepCookiesInMemory();
refuseBlobWorkers();
prepareRequests();

/**
 * Starts the one Clerk of this page, in an element that the screens hand around. Its own chunk: nothing else imports
 * Clerk in a page.
 */
export async function mountClerk(element: HTMLElement): Promise<void> {
  // Awaited here: a Suspense fallback anywhere in the page makes React hold back what comes next for 300 ms
  // (FALLBACK_THROTTLE_MS: https://github.com/facebook/react/blob/main/packages/react-reconciler/src/ReactFiberWorkLoop.js).
  const localization = await loadLocalization();
  // No StrictMode: it would unmount Clerk's provider once, which then forgets its Clerk (@clerk/react 6.18.0,
  // contexts/ClerkProvider.tsx, useLoadedIsomorphicClerk).
  createRoot(element).render(
    <ErrorBoundary>
      <ClerkScreen localization={localization} />
    </ErrorBoundary>,
  );
}

function ClerkScreen({ localization }: { localization: Localization }) {
  const view = useSyncExternalStore(watchClerkView, clerkView);
  const { chosen, choose, forget, startOver, startAnew, resume } = useChosenForm();

  // Clerk navigates after each step; in an extension page only the way to another form or task means anything.
  const navigate = (to: string) => {
    const destination = destinationOf(to);
    if (destination) choose(destination);
    // Without a session it is the way back to the first step, which says why: the account is locked (isUserLockedError:
    // @clerk/ui 1.34.0, components/SignIn/SignInFactorOnePasswordCard.tsx).
    else if (window.Clerk?.session === null || hasFailed()) startOver();
    else {
      holdForm(false);
      if (clerkView() === 'add-account' || isDone(to)) void leave();
    }
  };

  return (
    <ClerkProvider
      publishableKey={publishableKey}
      storageCache={storageCache}
      appearance={APPEARANCE}
      localization={localization}
      routerPush={navigate}
      routerReplace={navigate}
      signInUrl={SIGN_IN_URL}
      signUpUrl={SIGN_UP_URL}
      waitlistUrl={WAITLIST_URL}
      allowedRedirectProtocols={REDIRECT_PROTOCOLS}
      telemetry={false}
      // The background owns the sessions: a page that gets the focus must not make its own the active one again.
      touchSession={false}
      {...TRANSPORT}
    >
      <ClerkLoaded>
        <SessionSync />
        <Reverifications />
        {ssoCallbackUrl && <ProviderAttempts onAnswer={resume} onGone={startAnew} />}
      </ClerkLoaded>
      <WhenWell view={view}>
        {PAGES[view] ?? <AuthForms chosen={chosen} onSignedOut={startOver} onClosed={forget} />}
      </WhenWell>
    </ClerkProvider>
  );
}

const PAGES: Partial<Record<ClerkView, ReactNode>> = {
  account: <AccountPage />,
  organizations: <OrganizationList />,
  organization: <OrganizationPage />,
};

// Clerk's form for a further account begins anew as soon as somebody is signed in.
const leaving = createNotice<true>();

/** Goes back to the product, which by then shows what was chosen or who has come. */
async function leave(): Promise<void> {
  leaving.tell(true);
  // What goes wrong is said by `SessionSync`, which tells the same.
  await sendMessage('session-changed').then(authStore.ask, () => {});
  leaveClerkView();
  leaving.tell(null);
}

/** Has Clerk left an error for its form to say (clerk-js 6.40.0, core/clerk.ts, __internal_navigateWithError)? */
function hasFailed(): boolean {
  return Boolean((window.Clerk as { internal_last_error?: unknown } | undefined)?.internal_last_error);
}

function useChosenForm() {
  const [chosen, setChosen] = useState<ChosenForm | null>(null);
  const choose = useCallback(({ flow, route }: Destination) => {
    startAtRoute(route);
    setChosen((last) => ({ flow, number: (last?.number ?? 0) + 1 }));
  }, []);
  const startOver = useCallback(() => choose({ flow: 'sign-in', route: '/' }), [choose]);
  const startAnew = useCallback(() => {
    startAtRoute('/');
    setChosen((last) => ({ flow: last?.flow ?? 'sign-in', number: (last?.number ?? 0) + 1 }));
  }, []);
  const resume = useCallback((...answered: Parameters<typeof resumeAfterProvider>) => {
    const flow = resumeAfterProvider(...answered);
    setChosen((last) => ({ flow, number: (last?.number ?? 0) + 1 }));
  }, []);
  const forget = useCallback(() => setChosen(null), []);
  return { chosen, choose, startOver, startAnew, resume, forget };
}

/** Its children, or what is in the way of them. */
function WhenWell({ view, children }: { view: ClerkView; children: ReactNode }) {
  const { status } = useClerk();
  const { session } = useSession();
  const { isWell, retry } = useRecovery();
  const trouble = useTrouble();
  const isOnline = useOnline();
  const isHeld = useSyncExternalStore(watchClerkView, isFormHeld);
  const isLeaving = leaving.use() !== null;
  useInstanceNote(isWell);
  if (view === 'nothing') return null;
  // Clerk tries for most of a minute before it gives up, and goes on by itself when the browser is online before: 4 tries
  // online, 11 offline, up to 5 s apart (clerk-js 6.40.0, core/fapiClient.ts).
  if (status === 'loading') return isOnline ? null : <ErrorNotice error={unavailable()} />;
  if (!isWell) return <Unavailable onRetry={retry} />;
  // Clerk shows nothing in either case: no form to who is signed in, unless it is for a further account, and no page of
  // the account without a session (@clerk/ui 1.34.0, common/withRedirect.tsx and contexts/CoreUserContext.tsx).
  const isPage = PAGES[view] !== undefined;
  const isBlank = isPage ? !session : view === 'sign-in' && session?.status === 'active' && !isHeld;
  if (trouble && isBlank) return <ErrorNotice error={trouble.error} onRetry={trouble.retry} />;
  // Clerk's account page would stay empty, also when the session comes.
  if (isPage && isBlank) return null;
  return (
    <>
      <InstanceNotice />
      {ssoCallbackUrl ? <ProviderNotice /> : !isPage && <ProvidersOff />}
      {/* Where several may be signed in Clerk shows its form to who is, too. */}
      <div hidden={isBlank || isLeaving}>{children}</div>
    </>
  );
}

// The form stays below it: it is the way to try again.
function InstanceNotice() {
  const refusal = useInstanceRefusal();
  return (
    refusal && (
      <ErrorNotice
        error={new MessageError(refusal)}
        address={refusal === 'redirect-refused' ? ssoCallbackUrl : undefined}
        onRetry={() => notePermission(true)}
        inline
      />
    )
  );
}

function ProviderNotice() {
  const trouble = useProviderTrouble();
  return trouble && <ErrorNotice error={new MessageError(trouble.code)} onRetry={trouble.goOn} inline />;
}

function Unavailable({ onRetry }: { onRetry: () => void }) {
  const refusal = useInstanceRefusal();
  return <ErrorNotice error={refusal ? new MessageError(refusal) : unavailable()} onRetry={onRetry} />;
}

function useOnline(): boolean {
  return useSyncExternalStore(watchOnline, () => navigator.onLine);
}

function watchOnline(onChange: () => void): () => void {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}
