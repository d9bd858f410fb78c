import { useState } from 'react';
import type { ErrorCode, MessageError } from '../utils/message-error';
import { sendMessage } from '../utils/send-message';
import { WarningIcon } from './icons';
import { requestHostPermission } from './useHostPermission';
import { useSecondsLeft } from './useSecondsLeft';

export interface ErrorNoticeProps {
  error: MessageError;
  onRetry: () => void;
  /** One line among other things, instead of the middle of the page. */
  inline?: boolean;
}

/** A failure in one sentence, and the one button that helps. */
export function ErrorNotice({ error, onRetry, inline = false }: ErrorNoticeProps) {
  const { label, act } = HELP[error.code] ?? TRY_AGAIN;
  const [readyAt] = useState(() => Date.now() + (error.retryAfterMs ?? 0));
  const secondsLeft = useSecondsLeft(readyAt);
  return (
    <div className={inline ? 'notice notice-inline' : 'notice'} role="alert">
      <WarningIcon />
      <p>{error.message}</p>
      <button type="button" className="button" onClick={() => act(onRetry)} disabled={secondsLeft > 0}>
        {secondsLeft > 0 ? `${label} in ${secondsLeft} s` : label}
      </button>
    </div>
  );
}

interface Help {
  label: string;
  act: (retry: () => void) => void;
}

const TRY_AGAIN: Help = { label: 'Try again', act: (retry) => retry() };
const OPEN_DASHBOARD: Help = {
  label: 'Open the Clerk dashboard',
  act: () => void window.open('https://dashboard.clerk.com/', '_blank'),
};

const HELP: Partial<Record<ErrorCode, Help>> = {
  'host-permission-missing': {
    label: 'Allow access',
    act: (retry) => void requestHostPermission().then((isGranted) => isGranted && retry()),
  },
  'account-blocked': {
    label: 'Use another account',
    act: (retry) => void sendMessage('sign-out').finally(retry),
  },
  'origin-refused': OPEN_DASHBOARD,
  'native-api-off': OPEN_DASHBOARD,
  misconfigured: OPEN_DASHBOARD,
  'context-invalidated': { label: 'Reload this page', act: () => window.location.reload() },
};
