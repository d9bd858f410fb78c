export type { AuthorizationParams, CheckAuthorization, SessionClaims } from '../shared/clerk-types';
export { PinnedSession, type PinnedSessionProps } from './PinnedSession';
export type { PageSession } from './page-session';
export type { PageUser } from './page-user';
export { Show, type ShowProps, type ShowWhen } from './Show';
export { type UseAuthReturn, useAuth } from './useAuth';
export { useAuthenticatedFetch } from './useAuthenticatedFetch';
export { type PageMembership, type UseOrganizationReturn, useOrganization } from './useOrganization';
export {
  type UseOrganizationListOptions,
  type UseOrganizationListReturn,
  type UserMemberships,
  useOrganizationList,
} from './useOrganizationList';
export { useReverification } from './useReverification';
export { type UseSessionReturn, useSession } from './useSession';
export { type ListedPageSession, type UseSessionListReturn, useSessionList } from './useSessionList';
export { type UseTokenRefreshReturn, useTokenRefresh } from './useTokenRefresh';
export { type UseUserReturn, useUser } from './useUser';
