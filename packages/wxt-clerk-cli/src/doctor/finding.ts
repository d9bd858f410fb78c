/** `warning` is worth knowing, `skipped` could not be looked at; only `failed` keeps people from signing in. */
export type Status = 'ok' | 'warning' | 'failed' | 'skipped';

/** The outcome of one check. Never holds a secret. */
export interface Finding {
  check: string;
  status: Status;
  /** What was seen, in one sentence. */
  seen: string;
  /** The one command or switch that mends it. */
  mend?: string;
}

/** Findings in lines for the terminal, the cure below each. */
export function formatFindings(findings: Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  return findings
    .flatMap(({ check, status, seen, mend }) => [
      `${MARKS[status]} ${check.padEnd(width)}  ${seen}`,
      ...(mend === undefined ? [] : [`${' '.repeat(width + 11)}→ ${mend}`]),
    ])
    .join('\n');
}

const MARKS: Record<Status, string> = {
  ok: 'ok      ',
  warning: 'warning ',
  failed: 'FAILED  ',
  skipped: 'skipped ',
};
