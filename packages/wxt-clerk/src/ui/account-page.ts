import { createContext, useContext } from 'react';
import { authStore, type KnownAuth } from '../client/auth-store';
import { useKnownAuth } from '../react/useKnownAuth';
import { currentRoute } from './clerk/route';
import { clerkView, type VisitedView } from './clerk-host';
import { keep, parseText, readText } from './page-storage';

/** Opens what Clerk shows to who is signed in: without a name the account page. */
export type OpenView = (view?: VisitedView) => void;

/** Opens Clerk's account page in the `AuthScreen` around; `null` outside of one. */
export const AccountPageContext = createContext<OpenView | null>(null);

/** Is the session that something is about the one that Clerk has in a page? That is the active one, whatever is pinned. */
export function isOfClerk({
  pinnedId,
  activeSessionId,
}: Pick<KnownAuth, 'activeSessionId'> & { pinnedId: string | undefined }): boolean {
  return pinnedId === undefined || pinnedId === activeSessionId;
}

/** What opens one of Clerk's views; `null` outside of an `AuthScreen`, and for a pinned session that is not the active one. */
export function useOpenView(): OpenView | null {
  const open = useContext(AccountPageContext);
  return isOfClerk(useKnownAuth()) ? open : null;
}

/** What a click on "Manage account" does; `null` where `useOpenView` has nothing. */
export function useAccountPage(): (() => void) | null {
  const open = useOpenView();
  return open && (() => open('account'));
}

/** Somebody who left one of these views for a moment, to look up a code for example. */
interface Visit {
  userId: string;
  view: VisitedView;
  route: string;
  /** Unix ms. */
  leftAt: number;
}

const KEY = 'wxt-clerk-account';

const VIEW = /^(account|add-account|organizations?)$/;

// As long as Clerk keeps a code.
const KEPT_MS = 10 * 60_000;

/** Remembers where a person is: the next page of the extension opens there. Without a name: whom Clerk has. */
export function keepVisit(userId = authStore.get().user?.userId): void {
  if (!userId) return;
  const shown = clerkView();
  const view = shown === 'nothing' || shown === 'sign-in' ? 'account' : shown;
  // Offline the page may go before Clerk is there.
  const route = currentRoute() ?? keptRoute(userId, view) ?? '/';
  const visit: Visit = { userId, view, route, leftAt: Date.now() };
  keep(KEY, visit);
}

/** They have finished, or do not want to go on. */
export function forgetVisit(): void {
  keep(KEY, null);
}

/** Somebody else is signed in: what the one before has left is over. */
export function forgetVisitOfOthers(userId: string): void {
  const visit = readVisit();
  if (visit && visit.userId !== userId) forgetVisit();
}

/** Which view this person wants to go on in, `null` when none. */
export function keptView(userId: string | undefined): VisitedView | null {
  return keptVisit(userId)?.view ?? null;
}

/** Where in a view this person wants to go on, `null` when nowhere. */
export function keptRoute(userId: string | undefined, view: VisitedView = 'account'): string | null {
  const visit = keptVisit(userId);
  return visit?.view === view ? visit.route : null;
}

function keptVisit(userId: string | undefined): Visit | null {
  const visit = readVisit();
  const isOver = !visit || visit.userId !== userId || Date.now() - visit.leftAt > KEPT_MS;
  return isOver ? null : visit;
}

function readVisit(): Visit | null {
  const visit = parseText(readText(KEY)) as Partial<Record<keyof Visit, unknown>> | null;
  const isVisit =
    typeof visit?.userId === 'string' &&
    typeof visit.route === 'string' &&
    typeof visit.leftAt === 'number' &&
    VIEW.test(String(visit.view));
  return isVisit ? (visit as unknown as Visit) : null;
}
