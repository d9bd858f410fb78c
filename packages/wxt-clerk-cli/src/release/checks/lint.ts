/** What `web-ext lint --output json` prints, as far as it is read here. */
export interface LintReport {
  errors: LintMessage[];
  warnings: LintMessage[];
}

interface LintMessage {
  code: string;
  message: string;
  file?: string;
}

/** A kind of warning in one file that somebody has looked at. */
export interface ReviewedWarning {
  code: string;
  /** With `*` for the hash in a script's name. */
  file: string;
  count: number;
  /** Why it may stay; empty until somebody has reviewed it. */
  reason: string;
}

/** Every error, every warning that nobody has reviewed, and every reviewed one that is gone. */
export function compareLint(
  { errors, warnings }: LintReport,
  reviewed: readonly ReviewedWarning[],
): string[] {
  const seen = countWarnings(warnings);
  const expected = new Map(reviewed.map((warning) => [keyOf(warning), warning]));
  const keys = [...new Set([...expected.keys(), ...seen.keys()])].sort();
  return [
    ...errors.map(({ code, file, message }) => `error ${code} in ${file ?? 'the package'}: ${message}`),
    ...keys.flatMap((key) => {
      const before = expected.get(key)?.count ?? 0;
      const after = seen.get(key)?.count ?? 0;
      return before === after ? [] : [`warning ${key}: reviewed ${before}, found ${after}`];
    }),
    ...reviewed
      .filter(({ reason }) => reason === '')
      .map((warning) => `warning ${keyOf(warning)} has no reason`),
  ];
}

/** The list to review, from a report: reasons that were given before are kept. */
export function toReviewList(
  { warnings }: LintReport,
  before: readonly ReviewedWarning[],
): ReviewedWarning[] {
  const reasons = new Map(before.map((warning) => [keyOf(warning), warning.reason]));
  return [...countWarnings(warnings).values()]
    .map((warning) => ({ ...warning, reason: reasons.get(keyOf(warning)) ?? '' }))
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

function countWarnings(warnings: readonly LintMessage[]): Map<string, Omit<ReviewedWarning, 'reason'>> {
  const counts = new Map<string, Omit<ReviewedWarning, 'reason'>>();
  for (const { code, file = '' } of warnings) {
    const warning = { code, file: file.replace(/-[\w-]{8}(\.\w+)$/, '-*$1'), count: 1 };
    const known = counts.get(keyOf(warning));
    counts.set(keyOf(warning), known ? { ...known, count: known.count + 1 } : warning);
  }
  return counts;
}

function keyOf({ code, file }: Pick<ReviewedWarning, 'code' | 'file'>): string {
  return `${code} in ${file}`;
}
