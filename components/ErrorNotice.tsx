import type { MessageError } from '../utils/message-error';
import { WarningIcon } from './icons';

export interface ErrorNoticeProps {
  error: MessageError;
  onRetry: () => void;
}

/** A failure in one sentence, and the button that helps. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  return (
    <div className="notice" role="alert">
      <WarningIcon />
      <p>{error.message}</p>
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
