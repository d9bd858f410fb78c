/** `npm run lint:workflows`: GitHub's own language service on the workflows, and one rule of ours. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseArguments, runCommand, UsageError } from 'wxt-clerk-cli/command-line';
import { PROJECT_ROOT } from './extension-build.ts';

const USAGE = `Usage: npm run lint:workflows -- [files]

Checks .github/workflows/, or the files that are named, with GitHub's own language service. One rule is this project's: an
action is named by its commit, because whoever holds its repository can move a tag.

  --help  this text
`;

const FOLDER = join(PROJECT_ROOT, '.github/workflows');

// The language service is made for bundlers: it imports JSON without the attribute that Node asks for.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { validate } = await import('@actions/languageservice');

await runCommand(async () => {
  const { values, positionals } = parseArguments('lint:workflows', {
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const files = positionals.length > 0 ? positionals.map(expectFile) : await listWorkflows();
  const problems = (await Promise.all(files.map(lintFile))).flat();
  for (const problem of problems) console.log(problem);
  console.log(`${files.length} workflows, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
});

function expectFile(file: string): string {
  if (existsSync(file)) return resolve(file);
  throw new UsageError(`There is no file "${file}". See: npm run lint:workflows -- --help`);
}

async function listWorkflows(): Promise<string[]> {
  const names = (await readdir(FOLDER)).filter((name) => /\.ya?ml$/.test(name));
  return names.map((name) => join(FOLDER, name));
}

async function lintFile(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8');
  const document = TextDocument.create(pathToFileURL(path).href, 'yaml', 1, text);
  const found = (await validate(document)).map(({ range, message }) => ({ line: range.start.line, message }));
  return [...found, ...findUnpinned(text)].map(
    ({ line, message }) => `${relative(PROJECT_ROOT, path)}:${line + 1}: ${message}`,
  );
}

function findUnpinned(text: string): { line: number; message: string }[] {
  return text.split('\n').flatMap((content, line) => {
    const uses = /^\s*(?:-\s*)?uses:\s*(.+)$/.exec(content)?.[1];
    if (!uses || /^[\w./-]+@[0-9a-f]{40} # v[\d.]+$/.test(uses)) return [];
    return [
      { line, message: `"${uses}" is not named by its commit, with the version behind it as a comment` },
    ];
  });
}
