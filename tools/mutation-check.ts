/**
 * `npm run test:mutations`: takes out one line of defence after the other, in a copy of the project, and runs the unit
 * tests that look at it. A line that can go missing with every test green is what this fails on.
 */
import { availableParallelism } from 'node:os';
import { parseCommandLine, runCommand } from 'wxt-clerk-cli/command-line';
import { MUTATIONS, type Mutation } from './mutations/list.ts';
import { expectLine, openWorkshop, type Workshop } from './mutations/try-mutation.ts';

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
  for (const mutation of mutations) await expectLine(mutation);
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
