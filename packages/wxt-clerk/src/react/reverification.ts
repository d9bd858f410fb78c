import { createContext } from 'react';

/**
 * Asks the person to verify that it is them, in Clerk's dialog.
 *
 * @param asked What the API wants, as Clerk's 403 says it: a level or a name of Clerk's. Anything else is Clerk's default.
 * @param sessionId The session that made the request: the dialog is for no other one.
 * @returns Whether they did; `false` when they closed it, or another session became the active one.
 * @throws {MessageError} `unavailable` or `offline` when Clerk could not be started.
 */
export type OpenReverification = (asked: unknown, sessionId: string) => Promise<boolean>;

/** Of the `AuthScreen` around; `null` where there is none, and around a session that Clerk does not have in this page. */
export const ReverificationContext = createContext<OpenReverification | null>(null);
