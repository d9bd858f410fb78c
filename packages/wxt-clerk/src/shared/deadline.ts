/**
 * How long each waits for the next, in ms. Firefox stops the background 30 s after the last event, even while a reply is
 * pending (https://bugzilla.mozilla.org/show_bug.cgi?id=1771203), so everything ends before that; and each is shorter than
 * the one above it, so that whoever waits is told what really failed.
 */
export const DEADLINES_MS = {
  /** A page for the background: longer than the background's own, so that only one that died is noticed. */
  reply: 25_000,
  /** The background for the handler of a message. */
  handler: 20_000,
  /** A handler for the Frontend API, its quick second try included. */
  frontendApi: 18_000,
  /** A handler for the developer's API, the token included: nothing is sent after the asker was told that it failed. */
  developerApi: 15_000,
  /** A person who signs out for the server to hear of it; what is not done by then goes on without them. */
  signOut: 4000,
} as const;

/**
 * Waits for some work, but not longer than a deadline; the work itself goes on.
 *
 * @throws What `createError` gives, when the deadline is over.
 */
export async function withinDeadline<T>(work: Promise<T>, ms: number, createError: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(createError()), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
