/**
 * `npm run lint:workflows`: GitHub's own language service on the workflows, and one rule of ours: an action is named by
 * its commit, because whoever holds its repository can move a tag. Other files can be named on the command line.
 */
import { readdir, readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { runCommand } from './command-line.ts';
import { PROJECT_ROOT } from './extension-build.ts';

const FOLDER = join(PROJECT_ROOT, '.github/workflows');

// The language service is made for bundlers: it imports JSON without the attribute that Node asks for.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { validate } = await import('@actions/languageservice');

await runCommand(async () => {
  const named = process.argv.slice(2);
  const files = named.length > 0 ? named.map((file) => resolve(file)) : await listWorkflows();
  const problems = (await Promise.all(files.map(lintFile))).flat();
  for (const problem of problems) console.log(problem);
  console.log(`${files.length} workflows, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
});

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
