import type { Field } from './project.ts';

/** Code in a cell of a table. */
export function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

export function fieldTable(fields: readonly Field[]): string {
  const rows = fields.map(({ name, type, comment }) => [code(name), code(type), comment]);
  return table(['name', 'type', ''], rows);
}
