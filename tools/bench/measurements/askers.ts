import { createFigure, type Figure } from '../figure.ts';
import type { Plan } from '../plan.ts';
import { ask, type Stand } from '../stand.ts';

// What two measurements of the same thing may differ by.
const NOISE = 1.1;

/** The cost of one `get-token` when it comes alone and when it comes with many others at once. */
export async function measureAskers({ emulator, contestants }: Stand, { askers }: Plan): Promise<Figure[]> {
  await emulator.control.configure({ latencyMs: 0 });
  await ask(contestants.ours, { samples: 50 });
  const figures: Figure[] = [];
  let alone: number[] = [];
  for (const { atOnce, samples } of askers) {
    // A sample has to be longer than the steps of Firefox's clock, 1 ms.
    const inRow = Math.max(1, 50 / atOnce);
    const times = await ask(contestants.ours, { samples, atOnce, inRow });
    const name = `cost per get-token with ${atOnce.toLocaleString('en')} askers at once`;
    if (atOnce === 1) alone = times;
    else {
      figures.push(
        createFigure({
          id: `askers-${atOnce}`,
          name,
          unit: 'ms',
          ours: times,
          against: ['one asker', alone],
          goal: { kind: 'at-most-times', factor: NOISE },
        }),
      );
    }
  }
  return figures;
}
