export { Show, type ShowProps, type ShowWhen } from './Show';
export { type UseAuthReturn, useAuth } from './useAuth';
export { useAuthenticatedFetch } from './useAuthenticatedFetch';
export { type PageUser, type UseUserReturn, useUser } from './useUser';
