/**
 * `npm run release:check`: are the finished packages what both stores accept? One line a check; every check runs even
 * when an earlier one failed. It reads the packages, not the folders they were made from.
 */
import { invocationOf, parseCommandLine, runCommand } from './command-line.ts';
import { listChecks, type ReleaseCheck } from './release/release-checks.ts';
import { readPackages } from './release/store-packages.ts';
import { updateReviewed } from './release/update-reviewed.ts';

const USAGE = `Usage: ${invocationOf('release:check')} [options]

Checks the packages that "npm run zip" and "npm run zip:firefox" made. It also builds them a second time and rebuilds
the sources package in another folder, which takes a minute or two.

  --update   write release/manifest.*.json and release/lint.firefox.json anew, print what changed, check nothing
  --help     this text
`;

await runCommand(async () => {
  const values = parseCommandLine('release:check', {
    update: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const packages = await readPackages();
  if (values.update) {
    for (const line of await updateReviewed(packages)) console.log(line);
    return 0;
  }
  const checks = listChecks(packages);
  let failed = 0;
  for (const check of checks) {
    const problems = await findProblems(check);
    if (problems.length > 0) failed += 1;
    console.log(describe(check, problems));
  }
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});

async function findProblems({ run }: ReleaseCheck): Promise<string[]> {
  try {
    return await run();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function describe({ about, name }: ReleaseCheck, problems: readonly string[]): string {
  const line = `${problems.length === 0 ? 'ok  ' : 'FAIL'}  ${about.padEnd(7)}  ${name}`;
  return [line, ...problems.map((problem) => `        ${problem}`)].join('\n');
}
