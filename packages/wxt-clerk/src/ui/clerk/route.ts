/** Puts Clerk's hash router on a route, without an entry in the history. */
export function startAtRoute(route: string): void {
  window.history.replaceState(null, '', `#${route}`);
}
