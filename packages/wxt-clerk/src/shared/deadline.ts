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
