import type { Clock } from '../../../src/background/clock';

/** True time, and what each clock makes of it. Moves only when a test says so. Everything in milliseconds. */
export interface FakeTime {
  /** The true Unix time, which the server goes by. */
  now(): number;
  /** Time since the world began, without what was slept: what timers go by. */
  up(): number;
  /** Sets the person's clock forward or back. */
  jumpWall(ms: number): void;
  /** The computer sleeps: true time and wall clock go on, the monotonic clock and all timers stand. */
  sleep(ms: number): void;
  /** The clocks of one life of the background, whose monotonic one starts at 0. */
  createClock(): Clock;
  createDeadline(ms: number): AbortSignal;
  /** Calls back once. @returns Prevents it. */
  after(ms: number, callback: () => void): () => void;
  /** Lets time pass: timers fire in order, and everything that they set off runs to its end. */
  advance(ms: number): Promise<void>;
  /** Time until the next timer fires; `Infinity` when there is none. */
  untilNext(): number;
}

const EPOCH = Date.UTC(2027, 0, 4, 9, 0, 0, 400);

/** @param skewMs How far the person's clock is ahead of the true time. */
export function createFakeTime(skewMs = 0): FakeTime {
  const timers = new Set<{ at: number; callback: () => void }>();
  let up = 0;
  let asleep = 0;
  let skew = skewMs;
  const now = () => EPOCH + up + asleep;

  function after(ms: number, callback: () => void): () => void {
    const timer = { at: up + ms, callback };
    timers.add(timer);
    return () => timers.delete(timer);
  }

  function next() {
    let first: { at: number; callback: () => void } | undefined;
    for (const timer of timers) if (!first || timer.at < first.at) first = timer;
    return first;
  }

  return {
    now,
    up: () => up,
    jumpWall(ms) {
      skew += ms;
    },
    sleep(ms) {
      asleep += ms;
    },
    createClock() {
      const origin = up;
      return {
        wall: () => now() + skew,
        monotonic: () => up - origin,
        wait: (ms) => new Promise((resolve) => after(ms, resolve)),
      };
    },
    createDeadline(ms) {
      const controller = new AbortController();
      after(ms, () => controller.abort(new DOMException('Too late', 'TimeoutError')));
      return controller.signal;
    },
    after,
    async advance(ms) {
      const end = up + ms;
      await flush();
      for (let timer = next(); timer && timer.at <= end; timer = next()) {
        up = timer.at;
        timers.delete(timer);
        timer.callback();
        await flush();
      }
      up = end;
    },
    untilNext: () => (next()?.at ?? Number.POSITIVE_INFINITY) - up,
  };
}

/** Lets every promise that can go on without time passing go on. */
export function flush(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
