import type { ReactNode } from 'react';
import { localized } from '../shared/i18n';
import { BackIcon, BrandMark } from './icons';

export interface PageShellProps {
  place: 'popup' | 'panel' | 'tab';
  title?: string;
  /** Shows a back button that calls this. */
  onBack?: (() => void) | undefined;
  /** Stands at the end of the header. */
  action?: ReactNode;
  children: ReactNode;
}

/** The frame that every page shares: the brand, an optional way back or action, and the content. */
export function PageShell({
  place,
  title = localized('extensionName'),
  onBack,
  action,
  children,
}: PageShellProps) {
  return (
    <div className={`shell shell-${place}`}>
      <header className="shell-header">
        {onBack ? (
          <button type="button" className="icon-button" onClick={onBack} aria-label={localized('back')}>
            <BackIcon />
          </button>
        ) : (
          <BrandMark />
        )}
        <h1 className="shell-title">{title}</h1>
        {action}
      </header>
      <main className="shell-main">{children}</main>
    </div>
  );
}
