import { lazy, Suspense, useState } from 'react';
import { MessageError } from '../messages/message-error';
import { localized } from '../shared/i18n';
import { AccountCard } from './AccountCard';
import { ErrorNotice } from './ErrorNotice';
import { PanelIcon } from './icons';
import { PageShell } from './PageShell';
import { FormSkeleton, ProfileSkeleton } from './Skeleton';
import { useAuthState } from './useAuthState';
import { useHostPermission } from './useHostPermission';
import { usePanel } from './usePanel';

// Clerk and its UI are 3 MB: they come when a form is needed, never before the person is shown.
const ClerkScreen = lazy(() => import('./clerk/ClerkScreen'));

export interface AuthScreenProps {
  /** Where this screen stands: only the popup offers to open the panel. */
  place: 'popup' | 'panel';
}

/** The whole of popup, side panel and sidebar: sign-in and sign-up, or who is signed in. */
export function AuthScreen({ place }: AuthScreenProps) {
  const { view, retry } = useShownState();
  const [isAccountOpen, setAccountOpen] = useState(false);
  // Kept mounted after sign-in: there is one Clerk per page, and the person may come back to it.
  const [isClerkNeeded, setClerkNeeded] = useState(false);

  const shown = view.status === 'signed-in' && isAccountOpen ? 'account' : view.status;
  const needsClerk = shown === 'signed-out' || shown === 'account';
  if (needsClerk && !isClerkNeeded) setClerkNeeded(true);
  if (view.status !== 'signed-in' && isAccountOpen) setAccountOpen(false);

  return (
    <PageShell
      place={place}
      onBack={shown === 'account' ? () => setAccountOpen(false) : undefined}
      action={shown === 'signed-out' && <PanelButton place={place} />}
    >
      {shown === 'loading' && <ProfileSkeleton />}
      {view.status === 'failed' && <ErrorNotice error={view.error} onRetry={retry} />}
      {view.status === 'signed-in' && shown === 'signed-in' && (
        <AccountCard user={view.user} place={place} onManageAccount={() => setAccountOpen(true)} />
      )}
      {isClerkNeeded && (
        <Suspense fallback={needsClerk ? <FormSkeleton /> : null}>
          <ClerkScreen
            show={shown === 'signed-out' ? 'sign-in' : shown === 'account' ? 'account' : 'nothing'}
            sessionId={view.status === 'signed-in' ? view.user.sessionId : null}
          />
        </Suspense>
      )}
    </PageShell>
  );
}

function useShownState(): ReturnType<typeof useAuthState> {
  const { view, retry } = useAuthState();
  const isPermitted = useHostPermission();
  if (isPermitted) return { view, retry };
  return { view: { status: 'failed', error: new MessageError('host-permission-missing') }, retry };
}

// A popup closes when the person looks up the code in their mail; the panel stays.
function PanelButton({ place }: AuthScreenProps) {
  const openPanel = usePanel(place);
  if (!openPanel) return null;
  return (
    <button type="button" className="icon-button" onClick={openPanel} aria-label={localized('openSidePanel')}>
      <PanelIcon />
    </button>
  );
}
