export { AccountCard, type AccountCardProps, Action, type ActionProps } from './AccountCard';
export { AuthScreen, type AuthScreenProps } from './AuthScreen';
export { ErrorNotice, type ErrorNoticeProps } from './ErrorNotice';
export { mountPage } from './mount-page';
export { PageShell, type PageShellProps } from './PageShell';
export { UserButton } from './UserButton';
export { useOpenPanel } from './useOpenPanel';
export { useSecondsLeft } from './useSecondsLeft';
