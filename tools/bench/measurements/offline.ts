import { createFigure, type Figure } from '../figure.ts';
import type { Plan } from '../plan.ts';
import { ask, type Stand } from '../stand.ts';

const ANSWERS = [
  { id: 'token', name: 'its live token', skipCache: false, expected: 'token' },
  { id: 'error', name: 'skipCache: the error', skipCache: true, expected: 'offline' },
];

/** How soon the person is told that there is no network, or given the token that is still good. */
export async function measureOffline({ emulator, contestants }: Stand, plan: Plan): Promise<Figure[]> {
  await emulator.control.configure({ latencyMs: 80 });
  const { ours } = contestants;
  const { browser } = ours;
  const figures: Figure[] = [];
  try {
    for (const { id, name, skipCache, expected } of ANSWERS) {
      // A new token, so that it lives for all of what follows.
      await browser.setOffline(false);
      await ask(ours, { message: { type: 'get-token', skipCache: true } });
      await browser.setOffline(true);
      const message = { type: 'get-token', skipCache };
      const askOnce = () => ask(ours, { message }, expected);
      await askOnce();

      const warm: number[] = [];
      const stopped: number[] = [];
      for (let sample = 0; sample < plan.offlineSamples; sample += 1) {
        warm.push(...(await askOnce()));
        await ours.browser.stopBackground();
        stopped.push(...(await askOnce()));
      }
      figures.push(
        createFigure({
          id: `offline-${id}-warm`,
          name: `offline, ${name}, warm`,
          unit: 'ms',
          ours: warm,
          goal: { kind: 'at-most', value: 50 },
        }),
        createFigure({
          id: `offline-${id}-stopped`,
          name: `offline, ${name}, on a stopped background`,
          unit: 'ms',
          ours: stopped,
          goal: { kind: 'at-most', value: 250 },
        }),
      );
    }
  } finally {
    await browser.setOffline(false);
  }
  return figures;
}
