import { createFigure, type Figure } from '../figure.ts';
import type { Plan } from '../plan.ts';
import { ask, type Stand } from '../stand.ts';
import { rotated } from '../statistics.ts';

/** A round on either side, so that both meet the same moments of a busy machine. */
const ROUND = { samples: 1, inRow: 10, atOnce: 100 };
const MESSAGE = { type: 'no-such-message', note: 'x'.repeat(100), list: [1, 2, 3] };

/** Messages that are refused, 1,000 a round, beside a handler that gives every message back. */
export async function measureRefusals(
  { emulator, contestants: { ours, echo } }: Stand,
  { refusalRounds }: Plan,
): Promise<Figure[]> {
  await emulator.control.configure({ latencyMs: 0 });
  const sides = [
    { contestant: ours, expected: 'bad-request', times: [] as number[] },
    { contestant: echo, expected: 'echo', times: [] as number[] },
  ] as const;
  for (let round = 0; round < refusalRounds; round += 1) {
    for (const { contestant, expected, times } of rotated(sides, round))
      times.push(...(await ask(contestant, { ...ROUND, message: MESSAGE }, expected)));
  }
  const count = refusalRounds * ROUND.inRow * ROUND.atOnce;
  return [
    createFigure({
      id: 'refusals',
      name: `time per message of ${count.toLocaleString('en')} that are refused`,
      unit: 'ms',
      ours: sides[0].times,
      against: ['echo', sides[1].times],
      goal: { kind: 'at-most-times', factor: 1.3 },
    }),
  ];
}
