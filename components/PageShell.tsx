import type { ReactNode } from 'react';
import { BackIcon, BrandMark } from './icons';

export interface PageShellProps {
  place: 'popup' | 'panel' | 'tab';
  title?: string;
  /** Shows a back button that calls this. */
  onBack?: (() => void) | undefined;
  children: ReactNode;
}

/** The frame that every page shares: the brand, an optional way back, and the content. */
export function PageShell({ place, title = 'Clerk WXT Extension', onBack, children }: PageShellProps) {
  return (
    <div className={`shell shell-${place}`}>
      <header className="shell-header">
        {onBack ? (
          <button type="button" className="icon-button" onClick={onBack} aria-label="Back">
            <BackIcon />
          </button>
        ) : (
          <BrandMark />
        )}
        <h1 className="shell-title">{title}</h1>
      </header>
      <main className="shell-main">{children}</main>
    </div>
  );
}
