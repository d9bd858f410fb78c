import { withSent } from '../messages/message-error';
import { unavailable } from './unavailable';

/** What of Clerk is shown to who is signed in: in one of these views they can go back to the product. */
export type VisitedView = 'account' | 'add-account' | 'organizations' | 'organization';

/** What of Clerk is shown. */
export type ClerkView = 'sign-in' | VisitedView | 'nothing';

/**
 * The one Clerk of a page. It lives in an element of its own, with a React root of its own: Clerk cannot be made a second
 * time in a page, nor taken out of it, so that a screen that comes and goes only takes this element in and lets it go.
 */
export const clerkElement: HTMLElement = document.createElement('div');
clerkElement.className = 'wxt-clerk-host';

let view: ClerkView = 'nothing';
let isHeld = false;
let leave = () => {};
let loading: Promise<void> | null = null;
const listeners = new Set<() => void>();

/** Loads Clerk and its UI, 3 MB: when a form is needed, never before the person is shown. */
export function loadClerk(): Promise<void> {
  loading ??= import('./clerk/ClerkScreen').then(({ mountClerk }) => mountClerk(clerkElement));
  // A page whose extension was updated cannot load it any more. It may be asked for again.
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

/**
 * Shows Clerk in an element of the page.
 *
 * @param onLeave The person has done there what they came for.
 * @returns Takes it out again. Clerk itself stays, as it is.
 */
export function showClerk(place: HTMLElement, next: ClerkView, onLeave = () => {}): () => void {
  place.append(clerkElement);
  leave = onLeave;
  publish(next);
  return () => {
    // Another screen may have taken it over meanwhile.
    if (clerkElement.parentNode !== place) return;
    clerkElement.remove();
    publish('nothing');
  };
}

export function clerkView(): ClerkView {
  return view;
}

/** Goes back to the product. */
export function leaveClerkView(): void {
  leave();
}

/** Keeps Clerk's form in the page, or lets it go: its last step comes after the sign-in. */
export function holdForm(isHeldNow: boolean): void {
  if (isHeldNow === isHeld) return;
  isHeld = isHeldNow;
  for (const notify of listeners) notify();
}

/** Has Clerk's form something left to show to who is signed in? */
export function isFormHeld(): boolean {
  return isHeld;
}

/** Somebody who is asked to verify that it is them. */
export interface ReverificationAsked {
  /** What the API wants, as it said it. */
  wanted: unknown;
  /** The session that it wants it of. */
  sessionId: string;
  /** The dialog is open. */
  begin(): void;
  /** They did it, or did not. Only the first time counts. */
  end(isDone: boolean): void;
}

let asked: ReverificationAsked | null = null;
let asking: { level: string; sessionId: string; isDone: Promise<boolean> } | null = null;

/** How long Clerk may take to be there with the person, in ms; it goes on trying for longer. */
const READY_MS = 20_000;

/**
 * Loads Clerk, and opens its dialog. Who asks meanwhile shares the one that is open; who wants more than that proves, or asks for
 * another session, has one of their own after it.
 *
 * @see OpenReverification
 */
export async function openReverification(wanted: unknown, sessionId: string): Promise<boolean> {
  const level = levelOf(wanted);
  const isEnough = (open: NonNullable<typeof asking>) =>
    open.sessionId === sessionId && [level, 'multi_factor'].includes(open.level);
  while (asking && !isEnough(asking)) await asking.isDone.catch(() => {});
  asking ??= { level, sessionId, isDone: openDialog(wanted, sessionId) };
  return asking.isDone;
}

function openDialog(wanted: unknown, sessionId: string): Promise<boolean> {
  return new Promise<boolean>((resolve, reject) => {
    const fail = () => reject(withSent(unavailable(), 'yes'));
    const timer = setTimeout(fail, READY_MS);
    const end = (isDone: boolean) => {
      clearTimeout(timer);
      resolve(isDone);
    };
    ask({ wanted, sessionId, begin: () => clearTimeout(timer), end });
    loadClerk().catch(fail);
  }).finally(() => {
    asking = null;
    ask(null);
  });
}

/** What Clerk's dialog proves; all names but one, and whatever Clerk does not know, are its default (@clerk/shared 4.41.0, authorization.ts). */
function levelOf(wanted: unknown): string {
  if (wanted === 'strict_mfa') return 'multi_factor';
  const { level } = Object(wanted);
  return typeof level === 'string' ? level : 'second_factor';
}

export function reverificationAsked(): ReverificationAsked | null {
  return asked;
}

function ask(next: ReverificationAsked | null): void {
  asked = next;
  for (const notify of listeners) notify();
}

export function watchClerkView(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}

function publish(next: ClerkView): void {
  if (next === view) return;
  view = next;
  for (const notify of listeners) notify();
}
