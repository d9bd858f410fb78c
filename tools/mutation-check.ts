/**
 * `npm run test:mutations`: takes out one line of defence after the other, in a copy of the project, and runs the unit
 * tests that look at it. A line that can go missing with every test green is what this fails on.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseCommandLine, runCommand } from 'wxt-clerk-cli/command-line';
import { PROJECT_ROOT } from './extension-build.ts';
import { MUTATIONS, type Mutation } from './mutations/list.ts';
import { applyMutation, openWorkshop, type Workshop } from './mutations/try-mutation.ts';

const USAGE = `Usage: npm run test:mutations -- [options]

  --only <text>   only the mutations with this text in their name
  --help          this text
`;

await runCommand(async () => {
  const values = parseCommandLine('test:mutations', {
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const mutations = MUTATIONS.filter(({ name }) => name.includes(values.only));
  await expectLines(mutations);
  const workshops = await Promise.all(
    Array.from({ length: Math.min(4, availableParallelism()) }, openWorkshop),
  );
  try {
    await expectGreen(workshops[0] as Workshop, mutations);
    const survivors = await tryAll(mutations, workshops);
    const killed = mutations.length - survivors.length;
    console.log(`${killed} of ${mutations.length} lines cannot go missing unnoticed.`);
    return survivors.length === 0 && mutations.length > 0 ? 0 : 1;
  } finally {
    await Promise.all(workshops.map((workshop) => workshop.close()));
  }
});

/** @throws {Error} Naming the first whose line is not there once, or whose tests are not: the list has to follow the code. */
async function expectLines(mutations: Mutation[]): Promise<void> {
  for (const mutation of mutations) {
    applyMutation(await readFile(join(PROJECT_ROOT, mutation.file), 'utf8'), mutation);
    const missing = mutation.tests.find((file) => !existsSync(join(PROJECT_ROOT, file)));
    if (missing) throw new Error(`"${mutation.name}" names ${missing}, which is not there.`);
  }
}

/** @throws {Error} When a test fails with every line in place: then a failure would say nothing. */
async function expectGreen(workshop: Workshop, mutations: Mutation[]): Promise<void> {
  const failed = await workshop.countFailures([...new Set(mutations.flatMap(({ tests }) => tests))]);
  if (failed > 0) throw new Error(`${failed} tests fail without any mutation. Run: npm run test:unit`);
}

/** @returns The names of those that no test noticed. */
async function tryAll(mutations: Mutation[], workshops: Workshop[]): Promise<string[]> {
  const waiting = [...mutations];
  const survivors: string[] = [];
  const work = async (workshop: Workshop) => {
    for (let mutation = waiting.shift(); mutation; mutation = waiting.shift()) {
      const failed = await workshop.countFailures(mutation.tests, mutation);
      console.log(`${failed > 0 ? 'red ' : 'GREEN'} ${mutation.name} (${failed} failed)`);
      if (failed === 0) survivors.push(mutation.name);
    }
  };
  await Promise.all(workshops.map(work));
  return survivors;
}
