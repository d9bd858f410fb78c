import type { ReactNode } from 'react';

/** The mark of the extension; the same drawing as `public/icon.svg`. */
export function BrandMark() {
  return (
    <svg className="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <circle cx="16" cy="13" r="4.5" fill="var(--on-accent)" />
      <path d="M14 15.5h4l1.6 8.2a.8.8 0 0 1-.8 1h-5.6a.8.8 0 0 1-.8-1z" fill="var(--on-accent)" />
    </svg>
  );
}

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const BackIcon = () => (
  <Icon>
    <path d="M12 4.5 6.5 10l5.5 5.5" />
  </Icon>
);

export const PanelIcon = () => (
  <Icon>
    <rect x="2.8" y="3.8" width="14.4" height="12.4" rx="2.4" />
    <path d="M12 3.8v12.4" />
  </Icon>
);

export const TokenIcon = () => (
  <Icon>
    <circle cx="7" cy="13" r="3.6" />
    <path d="m9.6 10.4 6.6-6.6M13.4 6.6l2.4 2.4" />
  </Icon>
);

export const AccountIcon = () => (
  <Icon>
    <circle cx="10" cy="7" r="3.2" />
    <path d="M3.8 16.4c.9-2.7 3.3-4.2 6.2-4.2s5.3 1.5 6.2 4.2" />
  </Icon>
);

export const SignOutIcon = () => (
  <Icon>
    <path d="M12 3.8H5.6A1.8 1.8 0 0 0 3.8 5.6v8.8a1.8 1.8 0 0 0 1.8 1.8H12M9 10h8.2M14.4 6.8 17.5 10l-3.1 3.2" />
  </Icon>
);

export const ChevronIcon = () => (
  <Icon>
    <path d="m7.5 4.5 5.5 5.5-5.5 5.5" />
  </Icon>
);

export const WarningIcon = () => (
  <Icon>
    <path d="M10 3.2 17.6 16.4H2.4zM10 8.2v3.6M10 14.2v.1" />
  </Icon>
);

export const CopyIcon = () => (
  <Icon>
    <rect x="7" y="7" width="9.5" height="9.5" rx="2" />
    <path d="M13 4.5V4a1.5 1.5 0 0 0-1.5-1.5H5A1.5 1.5 0 0 0 3.5 4v6.5A1.5 1.5 0 0 0 5 12" />
  </Icon>
);
