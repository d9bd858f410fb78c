import { useState } from 'react';
import { authStore } from '../client/auth-store';
import type { ErrorCode, MessageError } from '../messages/message-error';
import { sendMessage } from '../messages/send-message';
import { usePinnedId } from '../react/PinnedSession';
import { errorSentence, localized } from '../shared/i18n';
import { NoticeBox, type NoticeBoxProps } from './NoticeBox';
import { requestHostPermission } from './useHostPermission';
import { formatSeconds, useSecondsLeft } from './useSecondsLeft';

export interface ErrorNoticeProps extends Pick<NoticeBoxProps, 'inline'> {
  error: MessageError;
  /** Without it there is no button to try again: it goes on by itself. */
  onRetry?: (() => void) | undefined;
  /** What has to be copied to mend it. */
  address?: string | undefined;
}

/** A failure in one sentence, and the one button that helps. */
export function ErrorNotice({ error, onRetry, address, inline }: ErrorNoticeProps) {
  const help = HELP[error.code] ?? (onRetry && TRY_AGAIN);
  return (
    <NoticeBox inline={inline}>
      <p>
        {errorSentence(error.code)} {address && <code>{address}</code>}
      </p>
      {help && <HelpButton help={help} waitMs={error.retryAfterMs ?? 0} onRetry={onRetry} />}
    </NoticeBox>
  );
}

interface HelpButtonProps {
  help: Help;
  waitMs: number;
  onRetry: (() => void) | undefined;
}

function HelpButton({ help, waitMs, onRetry = () => {} }: HelpButtonProps) {
  const label = localized(help.text);
  const [readyAt] = useState(() => Date.now() + waitMs);
  const secondsLeft = useSecondsLeft(readyAt);
  const pinnedId = usePinnedId();
  return (
    <button
      type="button"
      className="wxt-clerk-button"
      onClick={() => help.act(onRetry, pinnedId)}
      disabled={secondsLeft > 0}
    >
      {secondsLeft > 0 ? localized('actionIn', label, formatSeconds(secondsLeft)) : label}
    </button>
  );
}

interface Help {
  text: 'tryAgain' | 'continue' | 'openDashboard' | 'allowAccess' | 'useAnotherAccount' | 'reloadPage';
  act: (retry: () => void, pinnedId: string | undefined) => void;
}

const TRY_AGAIN: Help = { text: 'tryAgain', act: (retry) => retry() };
const OPEN_DASHBOARD: Help = {
  text: 'openDashboard',
  act: () => void window.open('https://dashboard.clerk.com/', '_blank'),
};

/** Of several accounts only the blocked one is signed out: that which is shown. */
function blockedSession(pinnedId: string | undefined): { sessionId?: string } {
  const { sessions = [], activeSessionId } = authStore.get();
  const sessionId = pinnedId ?? (sessions.length > 1 && activeSessionId);
  return sessionId ? { sessionId } : {};
}

const HELP: Partial<Record<ErrorCode, Help>> = {
  'host-permission-missing': {
    text: 'allowAccess',
    act: (retry) => void requestHostPermission().then((isGranted) => isGranted && retry()),
  },
  'account-blocked': {
    text: 'useAnotherAccount',
    act: (retry, pinnedId) => void sendMessage('sign-out', blockedSession(pinnedId)).finally(retry),
  },
  'origin-refused': OPEN_DASHBOARD,
  'native-api-off': OPEN_DASHBOARD,
  'redirect-refused': OPEN_DASHBOARD,
  misconfigured: OPEN_DASHBOARD,
  'sign-in-unfinished': { text: 'continue', act: (retry) => retry() },
  'context-invalidated': { text: 'reloadPage', act: () => window.location.reload() },
};
