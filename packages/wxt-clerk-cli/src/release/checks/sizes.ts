import { scriptsOfPage } from '../../page-scripts.ts';
import { expectText, type FileTree } from '../file-tree.ts';

/** One limit of `release/budgets.json`: of some scripts, of what a page loads at once, or (neither) of the whole package. */
export interface Budget {
  name: string;
  files?: string[];
  page?: string;
  maxBytes: number;
}

/** Which modules are in which script, with their size before minification, in bytes. */
export type ModuleSizes = Record<string, Record<string, number>>;

/** addons.mozilla.org does not read larger scripts and asks for them to be split. */
const LARGEST_SCRIPT_BYTES = 5 * 1024 * 1024;

/** How many modules are named when a budget is exceeded. */
const NAMED_MODULES = 5;

export function findLargeScripts(tree: FileTree): string[] {
  return [...tree]
    .filter(([path, content]) => /\.[cm]?js$/.test(path) && content.length > LARGEST_SCRIPT_BYTES)
    .map(([path, { length }]) => `${path} has ${kilobytes(length)}; 5 MB is the limit`);
}

/** The budgets that are exceeded, with the largest modules in what is too large. */
export function checkBudgets(tree: FileTree, budgets: readonly Budget[], modules: ModuleSizes): string[] {
  return budgets.flatMap((budget) => {
    const files = filesOf(tree, budget);
    const missing = files.filter((file) => !tree.has(file));
    if (missing.length > 0) return [`${budget.name}: ${missing.join(', ')} is not in the package`];
    const size = files.reduce((sum, file) => sum + (tree.get(file)?.length ?? 0), 0);
    if (size <= budget.maxBytes) return [];
    const largest = describeLargest(files, modules);
    return [`${budget.name}: ${kilobytes(size)}, budget ${kilobytes(budget.maxBytes)}${largest}`];
  });
}

function filesOf(tree: FileTree, { files, page }: Budget): string[] {
  if (files) return files;
  return page ? scriptsOfPage(expectText(tree, page)) : [...tree.keys()];
}

function describeLargest(files: readonly string[], modules: ModuleSizes): string {
  const sizes = files.flatMap((file) => Object.entries(modules[file] ?? {}));
  const largest = sizes.sort(([, a], [, b]) => b - a).slice(0, NAMED_MODULES);
  if (largest.length === 0) return '';
  return `; largest modules, before minification: ${largest.map(([id, size]) => `${id} ${kilobytes(size)}`).join(', ')}`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
