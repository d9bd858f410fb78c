import { type AuthState, readAuthState } from '../shared/auth-state';

let state: AuthState | null = null;

/** Reads what is published while the page's scripts are still being evaluated. Never rejects. */
export const firstAuthStateRead: Promise<void> = readAuthState()
  .then((read) => {
    state = read;
  })
  // The background is asked anyway, and its answer says what is wrong.
  .catch(() => {});

/** What was published when the page opened, for its first paint: a skeleton before it would cost a second layout. */
export function firstAuthState(): AuthState | null {
  return state;
}
