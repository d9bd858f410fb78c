import type { UserSnapshot } from '../messages/protocol';
import { sendMessage } from '../messages/send-message';
import { localized } from '../shared/i18n';
import { displayName } from '../shared/user-name';
import { ErrorNotice } from './ErrorNotice';
import { PageShell } from './PageShell';
import { useRequest } from './useRequest';

export interface PinnedNoticeProps {
  /** Who has a task left to do, for which their session has to be the active one. */
  pending: UserSnapshot | null;
}

/** In the place of Clerk's form, which is that of the active account, while another one is pinned. */
export function PinnedNotice({ pending }: PinnedNoticeProps) {
  const { run, error, retry } = useRequest();
  return (
    <PageShell>
      {error && <ErrorNotice error={error} onRetry={retry} inline />}
      <div className="wxt-clerk-notice">
        <p>{pending ? displayName(pending) : localized('signedOut')}</p>
        {pending && (
          <button
            type="button"
            className="wxt-clerk-button"
            onClick={() => void run(() => sendMessage('set-active', { sessionId: pending.sessionId }))}
          >
            {localized('continue')}
          </button>
        )}
      </div>
    </PageShell>
  );
}
