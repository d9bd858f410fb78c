/** `npx --no-install wxt-clerk overrides`: leaves wallets, payment and React Native out of an extension's `node_modules`. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invocationOf, parseCommandLine, runCommand } from './command-line.ts';
import { type PackageManager, withOverrides } from './overrides/with-overrides.ts';
import { PROJECT_ROOT } from './project.ts';

const USAGE = `Usage: ${invocationOf('overrides')}

Clerk's packages depend on crypto wallets and payment, which an extension cannot use: 400 packages, among them React
Native. This writes overrides into package.json that put an empty package in their place. What is there stays. A package
manager reads the overrides of the project alone, which is why wxt-clerk cannot bring them.
`;

/** What each installs from, and the command that does so anew. */
const LOCK_FILES: [file: string, PackageManager][] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
];

await runCommand(async () => {
  const { help } = parseCommandLine('overrides', { help: { type: 'boolean', default: false } });
  if (help) {
    console.log(USAGE);
    return 0;
  }
  const path = join(PROJECT_ROOT, 'package.json');
  const before = await readFile(path, 'utf8');
  const manager = LOCK_FILES.find(([file]) => existsSync(join(PROJECT_ROOT, file)))?.[1] ?? 'npm';
  const after = withOverrides(before, manager);
  if (after === before) {
    console.log('package.json has them all.');
    return 0;
  }
  await writeFile(path, after);
  console.log(`Written: package.json. Now run "${manager} install".`);
  return 0;
});
