/** A call that is shared by all who ask while it runs. Nothing is kept afterwards, neither a value nor a failure. */
export interface InFlight<Result> {
  (): Promise<Result>;
  /** The call that is under way now. */
  running(): Promise<Result> | undefined;
}

/** One call in flight at a time: who asks meanwhile shares its outcome. */
export function createInFlight<Result>(call: () => Promise<Result>): InFlight<Result> {
  const share = createInFlightByKey<Result>();
  const key = 'the one call';
  return Object.assign(() => share(key, call), { running: () => share.running(key) });
}

/** Calls in flight, each of those that are asked for with the same key. */
export interface InFlightByKey<Result> {
  (key: string, call: () => Promise<Result>): Promise<Result>;
  running(key: string): Promise<Result> | undefined;
}

/** One call in flight at a time for each key. */
export function createInFlightByKey<Result>(): InFlightByKey<Result> {
  const calls = new Map<string, Promise<Result>>();
  function share(key: string, call: () => Promise<Result>): Promise<Result> {
    const running = calls.get(key);
    if (running) return running;
    const started = call().finally(() => calls.delete(key));
    calls.set(key, started);
    return started;
  }
  return Object.assign(share, { running: (key: string) => calls.get(key) });
}
