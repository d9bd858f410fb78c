import { Component, type ReactNode } from 'react';
import { MessageError } from '../messages/message-error';
import { ErrorNotice } from './ErrorNotice';

interface State {
  hasFailed: boolean;
}

/**
 * Shows a sentence and a button instead of a blank page when a component throws, or when a part of the page cannot be
 * loaded because the extension was updated under it.
 */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { hasFailed: false };

  static getDerivedStateFromError(): State {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return <ErrorNotice error={new MessageError('internal')} onRetry={() => window.location.reload()} />;
  }
}
