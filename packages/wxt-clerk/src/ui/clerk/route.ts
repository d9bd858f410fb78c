/** What Clerk's router takes for the page's hash: module/clerk-forms.ts puts it there. */
interface Routed {
  wxtClerkRoute?: { hash: string };
}

/** Puts Clerk's forms on a route, e.g. `/factor-one`. They read it when they mount, and then move on by themselves. */
export function startAtRoute(route: string): void {
  (globalThis as Routed).wxtClerkRoute = { hash: `#${route}` };
}
