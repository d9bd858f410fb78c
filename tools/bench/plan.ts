import type { BrowserName } from 'extension-driver';

/** How many samples are taken. */
export interface Plan {
  browser: BrowserName;
  /** Rounds of warm asks; each takes 4 samples of ours and of the echo and 2 of the guide's port. */
  warmRounds: number;
  /** Asks of a stopped background, of each contestant and at each distance of the Frontend API. */
  stoppedSamples: number;
  popupSamples: number;
  offlineSamples: number;
  /** Asks at once where requests are counted. */
  crowd: number;
  /** Asks at once in the comparison of the cost per ask, and how many samples of each. */
  askers: readonly { atOnce: number; samples: number }[];
  /** Rounds of 1,000 messages that are refused. */
  refusalRounds: number;
  /** Asks between the two looks at the heap. */
  heapAsks: number;
  /** Rounds of 1,000 requests of the API, with and without verification. */
  apiRounds: number;
}

/** @param isQuick Enough to see that everything works, too little to judge by. */
export function createPlan(browser: BrowserName, isQuick: boolean): Plan {
  const scale = isQuick ? 0.2 : 1;
  const count = (full: number) => Math.max(3, Math.round(full * scale));
  return {
    browser,
    warmRounds: count(25),
    stoppedSamples: count(25),
    popupSamples: count(15),
    offlineSamples: count(15),
    crowd: 1000,
    askers: [
      { atOnce: 1, samples: count(100) },
      { atOnce: 10, samples: count(100) },
      { atOnce: 100, samples: count(50) },
      { atOnce: 1000, samples: count(15) },
    ],
    refusalRounds: count(10),
    heapAsks: isQuick ? 2000 : 10_000,
    apiRounds: count(10),
  };
}
