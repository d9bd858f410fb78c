import { type Summary, summarize } from './statistics.ts';

/** `requests/s` is the only one of which more is better; it has no goals. */
export type Unit = 'ms' | 'bytes' | 'requests' | 'requests/s' | 'asks';

/** What ours is measured against. */
export type AlternativeName =
  | 'echo'
  | 'guide'
  | 'plain popup'
  | 'one asker'
  | 'active session'
  | 'before'
  | 'without verification';

/** What a figure has to reach; judged by medians. */
export type Goal =
  | { kind: 'at-most'; value: number }
  /** Ours is at most so many times the alternative. */
  | { kind: 'at-most-times'; factor: number }
  /** The alternative is at least so many times ours. */
  | { kind: 'times-better'; factor: number };

/** One row of the result. */
export interface Figure {
  /** Stable name for programs, e.g. `warm-guide-80`. */
  id: string;
  name: string;
  unit: Unit;
  ours: Summary;
  alternative?: Summary & { name: AlternativeName };
  goal?: Goal;
}

export interface FigureInput extends Pick<Figure, 'id' | 'name' | 'unit'> {
  ours: readonly number[];
  /** Name and samples of what stands beside ours. */
  against?: readonly [name: AlternativeName, samples: readonly number[]];
  goal?: Goal | undefined;
}

/** Makes a row from samples. @throws {Error} When one side has no samples. */
export function createFigure({ id, name, unit, ours, against, goal }: FigureInput): Figure {
  return {
    id,
    name,
    unit,
    ours: summarize(ours),
    ...(against ? { alternative: { name: against[0], ...summarize(against[1]) } } : {}),
    ...(goal ? { goal } : {}),
  };
}

/** How many times better ours is than the alternative, by medians; above 1 ours is better. Undefined without an alternative. */
export function advantageOf({ unit, ours, alternative }: Figure): number | undefined {
  if (!alternative) return undefined;
  return unit === 'requests/s' ? ours.median / alternative.median : alternative.median / ours.median;
}

/** Whether the goal is met; undefined where there is none. */
export function isMet(figure: Figure): boolean | undefined {
  const { goal, ours, alternative } = figure;
  if (!goal) return undefined;
  if (goal.kind === 'at-most') return ours.median <= goal.value;
  if (!alternative) return undefined;
  if (goal.kind === 'at-most-times') return ours.median <= alternative.median * goal.factor;
  return alternative.median >= ours.median * goal.factor;
}
