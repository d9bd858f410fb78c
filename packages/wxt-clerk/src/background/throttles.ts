import { SHORTEST_ALARM_MINUTES } from '../shared/alarm';

/**
 * How often what may be done: every limit that the background sets itself or takes from a server. None of them knows of
 * the others; each has its own owner, named here.
 */

/** `sender-budget.ts`: messages of one tab's content script. A page asks a few times when it opens, then hardly ever. */
export const SENDER_BUDGET = {
  perSecond: 20,
  /** Messages that may come at once after a silence. */
  burst: 40,
  /** Tabs that are remembered; one that is forgotten has a full budget again. */
  mostTabs: 500,
} as const;

/** `site-documents.ts` and `subscriptions.ts`: web pages that are told of every change. */
export const MOST_SUBSCRIBERS = 200;

/**
 * `circuit-breaker.ts`: pauses between tries of a Frontend API that does not answer, in ms, the last one repeated.
 * Growing, so that a short failure is over soon; at most 10 s, so that a recovery is noticed within that.
 */
export const BREAKER_PAUSES_MS = [1000, 5000, 10_000] as const;

/**
 * `frontend-api.ts`: before the one second try after a hiccup, plus up to as much again by chance, so that many
 * backgrounds do not come back at once.
 */
export const QUICK_RETRY_MS = 250;

/** `request-limits.ts` and `frontend-api-error.ts`: a server's `Retry-After`. */
export const RETRY_AFTER = {
  /** A wish beyond this is not obeyed: the person would think that the extension is broken. */
  longestMs: 60_000,
  /** For a 429 that names no time. */
  usualMs: 5000,
  shortestMs: 1000,
} as const;

/**
 * `auth-service.ts` and `signed-in-user.ts`: what a refusal means is not asked again this soon, in ms. Short, since until
 * then the next refusal is told as it came.
 */
export const REFUSAL_PAUSE_MS = 5000;

/** `signed-in-user.ts`: asking the server again whether somebody is still signed in, behind an answer that is known. */
export const VERIFICATION = {
  /** Whom the server named this long ago or less is not asked for again. */
  freshMs: 60_000,
  /** Nor is it asked again this soon after a try, also a failed one: web pages choose how often they ask. */
  pauseMs: 5000,
  /** After a look for a sign-in that came to nothing, in minutes. */
  retryMinutes: 1,
} as const;

/** `token-service.ts`: how long a token must live on. */
export const TOKEN_LIFE = {
  /** For who names no `minTtlSeconds`. */
  usualMinTtlSeconds: 15,
  /** One that is this close to its end is asked for ahead by whoever asks last before it, so that nobody waits. */
  refreshAheadMs: 4000,
} as const;

/**
 * `api-fetch.ts`: between two tokens that are asked for because the developer's API answered 401. Web pages choose what
 * is asked of it, and so how often it does.
 */
export const RENEWAL_PAUSE_MS = 10_000;

/** `sign-out.ts`: telling the server of a sign-out that it has not heard of, in minutes. */
export const SIGN_OUT_RETRY = {
  /** As often as an alarm may ring, so that it is told soon after the server's return. */
  firstMinutes: SHORTEST_ALARM_MINUTES,
  /** For so many tries, which is an hour; from then on doubled with each try in vain. */
  quickTries: 120,
  longestMinutes: 60,
} as const;

/** `sync/synced-auth.ts`: following the web app's cookies. */
export const SYNC = {
  /** Between a cookie's change and the look at all of them, in ms. */
  settleMs: 30,
  /** After a change that could not be followed, in minutes. */
  retryMinutes: SHORTEST_ALARM_MINUTES,
} as const;
