/**
 * One call in flight at a time for each key: who asks meanwhile shares its outcome. Nothing is kept afterwards, so a
 * failure is shared by those who waited and kept by nobody.
 */
export function createInFlight<Result>() {
  const calls = new Map<string, Promise<Result>>();
  return (key: string, call: () => Promise<Result>): Promise<Result> => {
    const running = calls.get(key);
    if (running) return running;
    const started = call().finally(() => calls.delete(key));
    calls.set(key, started);
    return started;
  };
}

/** Creates once and keeps what was created; a failed creation is shared by those who waited and tried again later. */
export function createOnce<Result>(create: () => Promise<Result>): () => Promise<Result> {
  let created: Promise<Result> | null = null;
  return () => {
    created ??= create().catch((error) => {
      created = null;
      throw error;
    });
    return created;
  };
}

/**
 * Runs an operation so that its result is never older than the call: who asks while it runs gets the next run, and
 * however many ask share that one.
 */
export function createFresh<Result>(run: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | null = null;
  let next: Promise<Result> | null = null;
  const start = (): Promise<Result> => {
    const started = run().finally(() => {
      if (running === started) running = null;
    });
    running = started;
    return started;
  };
  return () => {
    if (!running) return start();
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return start();
      });
    return next;
  };
}
