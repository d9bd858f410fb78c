import { type AlternativeName, advantageOf, type Figure, isMet, type Unit } from './figure.ts';
import { formatGoal, formatTimes, formatValue } from './format.ts';
import type { Summary } from './statistics.ts';

const HEADINGS = ['figure', 'ours', 'beside it', 'ratio', 'goal', 'met'];

const ALTERNATIVES: Record<AlternativeName, string> = {
  echo: 'echo',
  guide: 'guide’s port',
  'plain popup': 'plain popup',
  'one asker': 'one asker',
  'active session': 'active session',
  before: 'before',
  'without verification': 'without verification',
};

/** The figures as a table for the terminal: medians, p95 in brackets. */
export function renderTable(figures: readonly Figure[]): string {
  const rows = [HEADINGS, ...figures.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  return [line(HEADINGS), rule, ...rows.slice(1).map(line)].join('\n');
}

/** What was missed, in one line each. */
export function describeMisses(figures: readonly Figure[]): string[] {
  return figures
    .filter((figure) => isMet(figure) === false)
    .map((figure) => {
      const [name, ours, beside, ratio, goal] = cellsOf(figure);
      const comparison = beside === '' ? '' : `, ${beside}: ${ratio}`;
      return `${name}: ${ours}${comparison}; the goal is ${goal}`;
    });
}

function cellsOf(figure: Figure): string[] {
  const { name, unit, ours, alternative, goal } = figure;
  const met = isMet(figure);
  return [
    name,
    formatSummary(ours, unit),
    alternative ? `${ALTERNATIVES[alternative.name]} ${formatSummary(alternative, unit)}` : '',
    formatRatio(figure),
    goal ? formatGoal(goal, unit) : '',
    met === undefined ? '' : met ? 'yes' : 'NO',
  ];
}

/** Towards the goal's own side: how many times better, or how many times as much. */
function formatRatio(figure: Figure): string {
  const advantage = advantageOf(figure);
  if (advantage === undefined) return '';
  const isCost = figure.goal?.kind === 'at-most-times' || advantage < 1;
  return isCost ? formatTimes(1 / advantage) : `${formatTimes(advantage)} better`;
}

function formatSummary({ median, p95, samples }: Summary, unit: Unit): string {
  const value = formatValue(median, unit);
  return samples === 1 ? value : `${value} (${formatValue(p95, unit)})`;
}
