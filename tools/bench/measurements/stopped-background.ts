import { createFigure, type Figure } from '../figure.ts';
import type { Plan } from '../plan.ts';
import { ask, type Stand } from '../stand.ts';
import { rotated } from '../statistics.ts';

/**
 * The first answer of a background that the browser had stopped, its start included: `get-token` of ours with a live
 * token, the echo as what waking an empty background costs, and the guide's port.
 */
export async function measureStoppedBackground(stand: Stand, plan: Plan): Promise<Figure[]> {
  const near = await measureAt(0, stand, plan);
  const far = await measureAt(80, stand, plan);
  return [
    createFigure({
      id: 'stopped-empty',
      name: 'get-token on a stopped background, beside waking an empty one',
      unit: 'ms',
      ours: [...near.ours, ...far.ours],
      against: ['echo', [...near.echo, ...far.echo]],
      // In Firefox it is only reported.
      goal: plan.browser === 'chromium' ? { kind: 'at-most-times', factor: 1.5 } : undefined,
    }),
    createFigure({
      id: 'stopped-guide-0',
      name: 'get-token on a stopped background, Frontend API 0 ms away',
      unit: 'ms',
      ours: near.ours,
      against: ['guide', near.guide],
    }),
    createFigure({
      id: 'stopped-guide-80',
      name: 'get-token on a stopped background, Frontend API 80 ms away',
      unit: 'ms',
      ours: far.ours,
      against: ['guide', far.guide],
    }),
  ];
}

async function measureAt(latencyMs: number, { emulator, contestants }: Stand, { stoppedSamples }: Plan) {
  await emulator.control.configure({ latencyMs });
  const all = Object.values(contestants);
  const times = { ours: [] as number[], echo: [] as number[], guide: [] as number[] };
  const warmUps = 2;
  for (let round = 0; round < stoppedSamples + warmUps; round += 1) {
    for (const each of rotated(all, round)) {
      // Sees to it that the token is alive.
      await ask(each);
      await each.browser.stopBackground();
      const [time = Number.NaN] = await ask(each);
      if (round >= warmUps) times[each.name].push(time);
    }
  }
  return times;
}
