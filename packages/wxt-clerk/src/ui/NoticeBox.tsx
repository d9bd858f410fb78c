import type { ReactNode } from 'react';
import { WarningIcon } from './icons';

export interface NoticeBoxProps {
  /** One line among other things, instead of the middle of the page. */
  inline?: boolean | undefined;
  children: ReactNode;
}

/** The place of what has gone wrong, which is read out at once. */
export function NoticeBox({ inline = false, children }: NoticeBoxProps) {
  return (
    <div className={inline ? 'wxt-clerk-notice wxt-clerk-notice-inline' : 'wxt-clerk-notice'} role="alert">
      <WarningIcon />
      {children}
    </div>
  );
}
