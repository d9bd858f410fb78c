import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      className="wxt-clerk-icon"
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

export const CheckIcon = () => (
  <Icon>
    <path d="m4.5 10.5 3.8 3.8 7.2-8.2" />
  </Icon>
);

export const AddIcon = () => (
  <Icon>
    <path d="M10 4v12M4 10h12" />
  </Icon>
);

export const OrganizationIcon = () => (
  <Icon>
    <path d="M3.8 16.8V4.6a1 1 0 0 1 1-1h6.4a1 1 0 0 1 1 1v12.2M12.2 8.4h3a1 1 0 0 1 1 1v7.4M2.6 16.8h14.8M6.6 7h2.8M6.6 10h2.8M6.6 13h2.8" />
  </Icon>
);
