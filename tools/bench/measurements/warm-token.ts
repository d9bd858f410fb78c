import { createFigure, type Figure } from '../figure.ts';
import type { Plan } from '../plan.ts';
import { ask, type Stand } from '../stand.ts';
import { rotated } from '../statistics.ts';

// Many asks in a row are one sample: Firefox's clock has steps of 1 ms, and an ask takes half of that.
const FAST = { samples: 4, inRow: 50 };
const SLOW = { samples: 2, inRow: 1 };

/** `get-token` on a running background, over and over: ours beside a bare echo and beside the guide's port. */
export async function measureWarmToken(stand: Stand, plan: Plan): Promise<Figure[]> {
  const near = await measureAt(0, stand, plan);
  const far = await measureAt(80, stand, plan);
  const factor = plan.browser === 'firefox' ? 35 : 50;
  return [
    createFigure({
      id: 'warm-echo',
      name: 'warm get-token, beside a bare echo',
      unit: 'ms',
      ours: [...near.ours, ...far.ours],
      against: ['echo', [...near.echo, ...far.echo]],
      goal: { kind: 'at-most-times', factor: 1.3 },
    }),
    createFigure({
      id: 'warm-guide-0',
      name: 'warm get-token, Frontend API 0 ms away',
      unit: 'ms',
      ours: near.ours,
      against: ['guide', near.guide],
    }),
    createFigure({
      id: 'warm-guide-80',
      name: 'warm get-token, Frontend API 80 ms away',
      unit: 'ms',
      ours: far.ours,
      against: ['guide', far.guide],
      goal: { kind: 'times-better', factor },
    }),
  ];
}

async function measureAt(latencyMs: number, { emulator, contestants }: Stand, { warmRounds }: Plan) {
  await emulator.control.configure({ latencyMs });
  const { ours, echo, guide } = contestants;
  for (const each of [ours, echo]) await ask(each, { samples: 50 });
  await ask(guide, { samples: 3 });

  const times = { ours: [] as number[], echo: [] as number[], guide: [] as number[] };
  for (let round = 0; round < warmRounds; round += 1) {
    for (const each of rotated([ours, echo, guide], round)) {
      times[each.name].push(...(await ask(each, each === guide ? SLOW : FAST)));
    }
  }
  return times;
}
