import type { Goal, Unit } from './figure.ts';

/** A measured value as a person reads it. */
export function formatValue(value: number, unit: Unit): string {
  if (unit === 'bytes') return formatBytes(value);
  if (unit === 'ms') return `${formatNumber(value)} ms`;
  if (unit === 'requests/s') return `${formatNumber(Math.round(value))} requests/s`;
  return formatNumber(value);
}

/** `0.42`, `3.1`, `95`, `2,000`. */
function formatNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  const digits = value < 1 ? 2 : value < 100 ? 1 : 0;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function formatBytes(bytes: number): string {
  return bytes < 1e6 ? `${formatNumber(Math.round(bytes / 100) / 10)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}

/** How many times something is, in three digits: `0.84 ×`, `1.56 ×`, `103 ×`. */
export function formatTimes(factor: number): string {
  if (!Number.isFinite(factor)) return '∞';
  const digits = factor < 10 ? 2 : factor < 100 ? 1 : 0;
  return `${factor.toLocaleString('en', { maximumFractionDigits: digits })} ×`;
}

/** The goal in the words of the table. */
export function formatGoal(goal: Goal, unit: Unit): string {
  if (goal.kind === 'at-most') return `≤ ${formatValue(goal.value, unit)}`;
  if (goal.kind === 'at-most-times') return `≤ ${goal.factor} ×`;
  return `≥ ${goal.factor} × better`;
}
