import { createElement, type ReactNode } from 'react';
import { localized } from '../shared/i18n';
import { BackIcon } from './icons';
import { title as heading, mark } from './person-head';
import { currentPlace } from './place';
import './styles.css';

export interface PageShellProps {
  /** A page in a tab is as wide as its content needs. Popup and panel are told apart by themselves. */
  place?: 'tab';
  /** Default: the name of the extension. */
  title?: string;
  /** Shows a back button that calls this. */
  onBack?: (() => void) | undefined;
  /** Stands at the end of the header. */
  action?: ReactNode;
  children: ReactNode;
}

/** The frame that every page shares: the extension's mark and name, an optional way back or action, and the content. */
export function PageShell({ place, title, onBack, action, children }: PageShellProps) {
  return (
    <div className={`wxt-clerk-shell wxt-clerk-shell-${place ?? currentPlace()}`}>
      <header className="wxt-clerk-shell-header">
        {onBack ? (
          <button
            type="button"
            className="wxt-clerk-icon-button"
            onClick={onBack}
            aria-label={localized('back')}
          >
            <BackIcon />
          </button>
        ) : (
          mark<ReactNode>(createElement)
        )}
        {heading<ReactNode>(createElement, title)}
        {action}
      </header>
      <main className="wxt-clerk-shell-main">{children}</main>
    </div>
  );
}
