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

/** Each function of the door for pages without React. */
export function describeFunctions(core: Core): string {
  const functions = core.exportsOf('client/index.ts').flatMap((each) => {
    const call = /^[a-z]/.test(each.name) ? core.callOf(core.typeOf(each)) : undefined;
    const signature = `${each.name}(${core.parametersOf(each)})`;
    return call ? [[code(signature), code(core.textOf(call.result)), core.commentOf(each)]] : [];
  });
  return table(['function', 'gives', ''], functions);
}

/** The fields of types that a file gives. @param names With spaces between them. */
export function describeTypes(core: Core, path: string, names: string): string {
  return names
    .split(' ')
    .map((name) => {
      const type = core.exportsOf(path).find((each) => each.name === name);
      if (!type) throw new Error(`${path} does not give ${name}.`);
      return `### ${name}\n\n${core.commentOf(type)}\n\n${fieldTable(core.fieldsOf(core.declaredTypeOf(type)))}`;
    })
    .join('\n\n');
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
