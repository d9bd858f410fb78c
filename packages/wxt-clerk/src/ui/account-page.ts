import { createContext, useContext } from 'react';
import { authStore } from '../client/auth-store';
import { currentRoute } from './clerk/route';

/** Opens Clerk's account page in the `AuthScreen` around; `null` outside of one. */
export const AccountPageContext = createContext<(() => void) | null>(null);

/** What a click on "Manage account" does, `null` outside of an `AuthScreen`. */
export function useAccountPage(): (() => void) | null {
  return useContext(AccountPageContext);
}

/** Somebody who left the account page for a moment, to look up a code for example. */
interface Visit {
  userId: string;
  route: string;
  /** Unix ms. */
  leftAt: number;
}

const KEY = 'wxt-clerk-account';

// As long as Clerk keeps a code.
const KEPT_MS = 10 * 60_000;

/** Remembers where in the account page the person is: the next page of the extension opens there. */
export function keepVisit(): void {
  const userId = authStore.get().user?.userId;
  if (!userId) return;
  // Offline the page may go before Clerk is there.
  const route = currentRoute() ?? keptRoute(userId) ?? '/';
  const visit: Visit = { userId, route, leftAt: Date.now() };
  localStorage.setItem(KEY, JSON.stringify(visit));
}

/** They have finished, or do not want to go on. */
export function forgetVisit(): void {
  localStorage.removeItem(KEY);
}

/** Where in the account page this person wants to go on, `null` when nowhere. */
export function keptRoute(userId: string | undefined): string | null {
  try {
    const visit: Visit | null = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    const isOver = !visit || visit.userId !== userId || Date.now() - visit.leftAt > KEPT_MS;
    return isOver ? null : visit.route;
  } catch {
    return null;
  }
}
