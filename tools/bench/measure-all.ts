import type { FoundBrowser } from 'extension-driver';
import type { Figure } from './figure.ts';
import { measureApi } from './measurements/api.ts';
import { measureAskers } from './measurements/askers.ts';
import { measureHeap } from './measurements/heap.ts';
import { measureOffline } from './measurements/offline.ts';
import { measurePopup } from './measurements/popup.ts';
import { measureRefusals } from './measurements/refusals.ts';
import { measureRequests } from './measurements/requests.ts';
import { measureSessions } from './measurements/sessions.ts';
import { simulateHour } from './measurements/simulated-hour.ts';
import { measureSingleSignOn } from './measurements/single-sign-on.ts';
import { measureSizes } from './measurements/sizes.ts';
import { measureStoppedBackground } from './measurements/stopped-background.ts';
import { measureTyping } from './measurements/typing.ts';
import { measureWarmToken } from './measurements/warm-token.ts';
import type { Plan } from './plan.ts';
import { createStand, type Stand } from './stand.ts';

type Measurement = (stand: Stand, plan: Plan) => Promise<Figure[]>;

/**
 * Every figure, one measurement after the other on the same running browsers.
 * @throws {Error} When a browser or a contestant does not do what it should; a slow one is a figure, a wrong one is not.
 */
export async function measureAll(
  found: FoundBrowser,
  plan: Plan,
  report: (line: string) => void,
): Promise<Figure[]> {
  const measurements: [title: string, measure: Measurement][] = [
    ['warm get-token', measureWarmToken],
    ['messages that are refused', measureRefusals],
    ['get-token on a stopped background', measureStoppedBackground],
    ['signed-in popup', measurePopup],
    ['asks at once', measureAskers],
    // Only Chromium's debugger tells the heap of a background.
    ...(found.name === 'chromium' ? [['heap', measureHeap] as [string, Measurement]] : []),
    ['requests', measureRequests],
    ['offline', measureOffline],
    ['several sessions', measureSessions],
    ['signed-out popup', measureTyping],
    ['single sign-on', measureSingleSignOn],
    ['sizes', measureSizes],
    ['an API that verifies', measureApi],
    ['a simulated hour', simulateHour],
  ];
  const stand = await createStand(found, report);
  try {
    const figures: Figure[] = [];
    for (const [title, measure] of measurements) {
      report(`Measuring: ${title} …`);
      figures.push(...(await measure(stand, plan)));
    }
    return figures;
  } finally {
    await stand.close();
  }
}
