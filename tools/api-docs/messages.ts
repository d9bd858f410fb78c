import { code, fieldTable, table } from './markdown.ts';
import type { Core, Named } from './project.ts';

/** What each kind of sender may say with a message, and what comes back; the order is that of `Part`'s type. */
function partsOf(core: Core, row: Named) {
  const [parts] = core.argumentsOf(core.typeOf(row));
  return core.argumentsOf(parts).map((part) => {
    const [, kinds, value] = core.argumentsOf(part);
    const handle = core.membersOf(part).find(({ name }) => name === 'handle');
    const [options] = (handle && core.callOf(core.typeOf(handle))?.parameters) ?? [];
    if (!kinds || !value || !options) throw new Error(`The row of ${row.name} is not understood.`);
    return {
      from: core.textOf(kinds).replaceAll('"', '').split(' | '),
      options: core.fieldsOf(core.typeOf(options)),
      value: core.textOf(value).replace(/^void$/, 'null'),
    };
  });
}

/** The section of the messages that a file gives under a name: rows, or the function that makes them. */
export function describeMessages(core: Core, path: string, name: string): string {
  const given = core.exportsOf(path).find((each) => each.name === name);
  if (!given) throw new Error(`${path} does not give ${name}.`);
  const type = core.typeOf(given);
  const rows = core.membersOf(core.callOf(type)?.result ?? type);
  const overview = rows.flatMap((row) =>
    partsOf(core, row).map(({ from, options, value }) => [
      code(row.name),
      from.map(code).join(', '),
      options.map((option) => code(option.name)).join(' '),
      code(value),
    ]),
  );
  const details = rows.flatMap((row) => {
    const [{ options } = { options: [] }] = partsOf(core, row);
    return [`### ${row.name}`, core.commentOf(row), ...(options.length > 0 ? [fieldTable(options)] : [])];
  });
  return [table(['message', 'who may send it', 'options', 'value'], overview), ...details].join('\n\n');
}
