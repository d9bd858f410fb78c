import { createContext, useContext } from 'react';

/** Opens Clerk's account page in the `AuthScreen` around; `null` outside of one. */
export const AccountPageContext = createContext<(() => void) | null>(null);

/** What a click on "Manage account" does, `null` outside of an `AuthScreen`. */
export function useAccountPage(): (() => void) | null {
  return useContext(AccountPageContext);
}
