/**
 * `npm run pack`: compiles the packages and packs them, as they go to a registry. In this workspace they are used from
 * their sources, by the condition `clerk-wxt-source` of their `exports`; whoever installs a package gets `dist/`.
 */
import { execFile } from 'node:child_process';
import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseCommandLine, runCommand } from 'wxt-clerk-cli/command-line';
import { PROJECT_ROOT } from './extension-build.ts';

const USAGE = `Usage: npm run pack -- [options]

Compiles the packages to JavaScript and declarations and packs them.

  --out <folder>  where the tarballs go (default .output/packages)
  --help          this text
`;

/** In the order in which they need each other's declarations. */
const PACKAGES = ['extension-driver', 'clerk-emulator', 'wxt-clerk', 'wxt-clerk-cli'];

const run = promisify(execFile);

await runCommand(async () => {
  const values = parseCommandLine('pack', {
    out: { type: 'string', default: '.output/packages' },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const folder = resolve(PROJECT_ROOT, values.out);
  await mkdir(folder, { recursive: true });
  const roots = PACKAGES.map((name) => join(PROJECT_ROOT, 'packages', name));
  try {
    for (const [index, name] of PACKAGES.entries()) {
      await compile(roots[index] ?? '');
      console.log(`Packed: ${relative(PROJECT_ROOT, join(folder, await pack(name, folder)))}`);
    }
  } finally {
    // A wxt.config.ts that imports one of our packages would get what was built, and not the sources, from now on.
    for (const root of roots) await rm(join(root, 'dist'), { recursive: true, force: true });
  }
  return 0;
});

/** @throws {Error} With what the compiler printed. */
async function compile(root: string): Promise<void> {
  const dist = join(root, 'dist');
  await rm(dist, { recursive: true, force: true });
  const tsc = join(PROJECT_ROOT, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '--project', join(root, 'tsconfig.build.json')]).catch(({ stdout }) => {
    throw new Error(`${root} does not compile:\n${stdout}`);
  });
  // The compiler rewrites `./x.ts` in JavaScript only.
  for await (const file of glob('**/*.d.ts', { cwd: dist })) {
    const text = await readFile(join(dist, file), 'utf8');
    await writeFile(join(dist, file), text.replace(/(['"]\.{1,2}\/[^'"]+)\.tsx?(['"])/g, '$1.js$2'));
  }
  for await (const file of glob('**/*.css', { cwd: join(root, 'src') }))
    await cp(join(root, 'src', file), join(dist, file));
}

/** @returns The name of the tarball. */
async function pack(name: string, folder: string): Promise<string> {
  const args = ['pack', '--workspace', name, '--pack-destination', folder, '--json'];
  const { stdout } = await run('npm', args, { cwd: PROJECT_ROOT, shell: process.platform === 'win32' });
  const answer: unknown = JSON.parse(stdout);
  // npm 11 answers an array, npm 12 an object by package name.
  const [packed] = Object.values(answer as Record<string, { filename: string }>);
  if (!packed) throw new Error(`npm pack said nothing of ${name}.`);
  return packed.filename;
}
