/** Which of Clerk's forms is shown. */
export type Flow = 'sign-in' | 'sign-up' | 'waitlist';

// Addresses that only this page understands: Clerk links to them, `destinationOf` reads them back.
export const SIGN_IN_URL = '/sign-in';
export const SIGN_UP_URL = '/sign-up';
export const WAITLIST_URL = '/waitlist';
/** Where Clerk goes when something is done of which nothing is left to see, such as the choice of an organization. */
export const DONE_URL = '/done';

const FLOWS: Record<string, Flow | undefined> = {
  [SIGN_IN_URL]: 'sign-in',
  [SIGN_UP_URL]: 'sign-up',
  [WAITLIST_URL]: 'waitlist',
};

/** A form, and the step of it, e.g. `/tasks/setup-mfa`. */
export interface Destination {
  flow: Flow;
  route: string;
}

/** What an address of Clerk's stands for, `null` for any other address. */
export function destinationOf(address: string): Destination | null {
  const { pathname, hash } = new URL(address, window.location.origin);
  const flow = FLOWS[pathname];
  return flow ? { flow, route: hash.slice(1) || '/' } : null;
}

/** Does an address of Clerk's say that there is nothing left to do in its view? */
export function isDone(address: string): boolean {
  return new URL(address, window.location.origin).pathname === DONE_URL;
}
