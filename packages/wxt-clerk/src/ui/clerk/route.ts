/** What Clerk's forms take for the page's hash, and what they go on with: module/clerk-forms.ts puts it there. */
interface Routed {
  wxtClerkRoute?: ClerkRoute;
}

/** The route of Clerk's forms. They read it when they mount, and then move on by themselves. */
class ClerkRoute {
  #hash: string;
  /** The strategy of a code or a link that is on its way, such as `phone_code`: a form takes that one and asks for no other. */
  sentCode: string | undefined;

  constructor(route: string, sentCode?: string) {
    this.#hash = `#${route}`;
    this.sentCode = sentCode;
  }

  get hash(): string {
    return this.#hash;
  }

  /** A form that moves on has left the step that the code was for. As in a page, the `#` may be left out. */
  set hash(hash: string) {
    this.#hash = hash.startsWith('#') ? hash : `#${hash}`;
    this.sentCode = undefined;
  }
}

/**
 * Puts Clerk's forms on a route, e.g. `/factor-one`.
 *
 * @param sentCode The strategy of a code that is already on its way for the step there.
 */
export function startAtRoute(route: string, sentCode?: string): void {
  (globalThis as Routed).wxtClerkRoute = new ClerkRoute(route, sentCode);
}

/** Was a mail with a link sent for the step that a form starts at? Says so once: who asks for another one gets it. */
export function takeSentLink(): boolean {
  const route = (globalThis as Routed).wxtClerkRoute;
  if (route?.sentCode !== 'email_link') return false;
  route.sentCode = undefined;
  return true;
}

/** Where Clerk's forms are now, e.g. `/factor-one`; `null` as long as none was shown. */
export function currentRoute(): string | null {
  return (globalThis as Routed).wxtClerkRoute?.hash.slice(1) ?? null;
}
