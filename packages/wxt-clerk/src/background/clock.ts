/** The two clocks of a browser, in milliseconds. */
export interface Clock {
  /** Unix time by the person's clock, which may be wrong and may jump. */
  wall(): number;
  /** Time since some point of this life of the background; never jumps, and is lost with the background. */
  monotonic(): number;
  wait(ms: number): Promise<void>;
}

export const systemClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
