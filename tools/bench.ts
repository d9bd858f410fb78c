/**
 * `npm run bench`: this extension, a bare echo and a port of Clerk's guide in one real browser, side by side, in one run.
 * A missed goal is said and fails nothing: what a machine measures depends on the machine.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BrowserName } from 'extension-driver';
import { describeBrowser, type FoundBrowser, findBrowser } from 'extension-driver';
import { expectBrowserName, parseCommandLine, runCommand } from 'wxt-clerk-cli/command-line';
import { drawFigure } from './bench/drawing.ts';
import { type Figure, isMet } from './bench/figure.ts';
import { measureAll } from './bench/measure-all.ts';
import { createPlan } from './bench/plan.ts';
import { describeMisses, renderTable } from './bench/table.ts';
import { PROJECT_ROOT } from './extension-build.ts';

const USAGE = `Usage: npm run bench -- [options]

Measures the built extension in a real browser, beside a bare echo message and beside a port of Clerk's guide, all
against the local Frontend API, and prints medians (p95 in brackets) with ratios. Takes a few minutes; let nothing else run.

  --browser <name>   chromium or firefox (default chromium)
  --quick            fewer samples: shows that it works, judges nothing
  --figure           draw docs/bench.svg (Firefox: docs/bench-firefox.svg) from this run
  --help             this text

The figures are also written to .output/bench/<browser>.json. A missed goal does not change the exit code.
`;

const DRAWINGS: Record<BrowserName, string> = {
  chromium: 'docs/bench.svg',
  firefox: 'docs/bench-firefox.svg',
};

await runCommand(async () => {
  const values = parseCommandLine('bench', {
    browser: { type: 'string', default: 'chromium' },
    quick: { type: 'boolean', default: false },
    figure: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const name = expectBrowserName(values.browser);
  const found = await findBrowser(name);
  console.log(`Browser: ${describeBrowser(found)}`);
  const started = performance.now();
  const figures = await measureAll(found, createPlan(name, values.quick), (line) => console.log(line));
  const seconds = Math.round((performance.now() - started) / 1000);

  console.log(`\n${renderTable(figures)}\n`);
  reportGoals(figures);
  console.log(`Measured in ${seconds} s.`);
  await save(`.output/bench/${name}.json`, toJson(found, values.quick, figures));
  if (values.figure) await save(DRAWINGS[name], drawFigure(figures, titleOf(found)));
  return 0;
});

function reportGoals(figures: readonly Figure[]): void {
  const judged = figures.filter((figure) => isMet(figure) !== undefined);
  const misses = describeMisses(figures);
  console.log(`${judged.length - misses.length} of ${judged.length} goals met.`);
  for (const miss of misses) console.log(`Missed: ${miss}.`);
}

function titleOf({ name, version }: FoundBrowser): string {
  return `${name === 'firefox' ? 'Firefox' : 'Chromium'} ${version.split('.')[0]}`;
}

function toJson({ name, version }: FoundBrowser, isQuick: boolean, figures: readonly Figure[]): string {
  const rows = figures.map((figure) => ({ ...figure, isMet: isMet(figure) }));
  const report = { browser: name, version, measuredAt: new Date().toISOString(), isQuick, figures: rows };
  return `${JSON.stringify(report, null, 2)}\n`;
}

async function save(path: string, content: string): Promise<void> {
  const absolute = join(PROJECT_ROOT, path);
  await mkdir(dirname(absolute), { recursive: true });
  await writeFile(absolute, content);
  console.log(`Written: ${path}`);
}
