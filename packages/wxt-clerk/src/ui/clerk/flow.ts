/** Which of Clerk's two forms is shown. */
export type Flow = 'sign-in' | 'sign-up';

// Addresses that only this page understands: Clerk links to them, `flowOf` reads them back.
export const SIGN_IN_URL = '/?flow=sign-in';
export const SIGN_UP_URL = '/?flow=sign-up';

/** The form that an address of Clerk's stands for, `null` for any other address. */
export function flowOf(address: string): Flow | null {
  const flow = new URL(address, window.location.origin).searchParams.get('flow');
  return flow === 'sign-in' || flow === 'sign-up' ? flow : null;
}
