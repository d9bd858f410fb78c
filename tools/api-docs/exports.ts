import { code, fieldTable, table } from './markdown.ts';
import type { Core, Named } from './project.ts';

/** Each hook of the door for React: what it takes and gives. */
export function describeHooks(core: Core): string {
  return hooksOf(core)
    .map((hook) => {
      const result = core.callOf(core.typeOf(hook))?.result;
      const head = `### ${hook.name}\n\n\`${hook.name}(${core.parametersOf(hook)})\`: ${core.commentOf(hook)}`;
      if (!result) throw new Error(`${hook.name} is no function.`);
      // Of a function its own methods would be told.
      return `${head}\n\n${core.callOf(result) ? `Gives \`${core.textOf(result)}\`.` : fieldTable(core.fieldsOf(result))}`;
    })
    .join('\n\n');
}

export function hooksOf(core: Core): Named[] {
  return core.exportsOf('react/index.ts').filter(({ name }) => /^use[A-Z]/.test(name));
}

/** Components, each with what it takes. @param names With spaces between them. */
export function describeComponents(core: Core, path: string, names: string): string {
  return namedIn(core, path, names)
    .map((component) => {
      const [props] = core.callOf(core.typeOf(component))?.parameters ?? [];
      const head = `### ${component.name}\n\n\`<${component.name}>\`: ${core.commentOf(component)}`;
      return props ? `${head}\n\n${fieldTable(core.fieldsOf(core.typeOf(props)))}` : head;
    })
    .join('\n\n');
}

/** A type that is a choice of several, as it is written. */
export function describeChoice(core: Core, path: string, name: string): string {
  return namedIn(core, path, name)
    .map((type) => `### ${name}\n\n\`${core.writtenTypeOf(type)}\`: ${core.commentOf(type)}`)
    .join('');
}

/** Each function that a file gives. */
export function describeFunctions(core: Core, path: string): string {
  const functions = core.exportsByName(path).flatMap(([name, each]) => {
    const call = /^[a-z]/.test(name) ? core.callOf(core.typeOf(each)) : undefined;
    const signature = `${name}(${core.parametersOf(each)})`;
    return call ? [[code(signature), code(core.textOf(call.result)), core.commentOf(each)]] : [];
  });
  return table(['function', 'gives', ''], functions);
}

/** The fields of types that a file gives. @param names With spaces between them. */
export function describeTypes(core: Core, path: string, names: string): string {
  return namedIn(core, path, names)
    .map((type) => {
      const fields = fieldTable(core.fieldsOf(core.declaredTypeOf(type)));
      return `### ${type.name}\n\n${core.commentOf(type)}\n\n${fields}`;
    })
    .join('\n\n');
}

function namedIn(core: Core, path: string, names: string): Named[] {
  const exported = core.exportsOf(path);
  return names.split(' ').map((name) => {
    const found = exported.find((each) => each.name === name);
    if (!found) throw new Error(`${path} does not give ${name}.`);
    return found;
  });
}

/** Every error code with its sentence. */
export function describeErrors(core: Core): string {
  const list = core.exportsOf('messages/index.ts').find(({ name }) => name === 'ERROR_SENTENCES');
  const sentences = list ? core.fieldsOf(core.typeOf(list)) : [];
  return table(
    ['code', 'sentence'],
    sentences.map(({ name, type }) => [code(name), JSON.parse(type)]),
  );
}
