import { join } from 'node:path';
import { isFunctionDeclaration } from 'typescript/unstable/ast/is';
import {
  API,
  type Checker,
  NodeBuilderFlags,
  SignatureKind,
  SymbolFlags,
  type Type,
  type TypeReference,
} from 'typescript/unstable/sync';

const ROOT = join(import.meta.dirname, '../..');
const CORE = join(ROOT, 'packages/wxt-clerk');

export type Named = ReturnType<Checker['getPropertiesOfType']>[number];

/** One field of an options object or of what a hook gives. */
export interface Field {
  name: string;
  type: string;
  comment: string;
}

/**
 * Opens the core's sources, as the compiler reads them. Its API is TypeScript's own, and called unstable: the version is
 * pinned.
 *
 * @throws {Error} When they cannot be read.
 */
export function openCore() {
  const api = new API({ cwd: ROOT });
  const config = join(CORE, 'tsconfig.build.json');
  const { checker, program } = expectThere(
    api.updateSnapshot({ openProjects: [config] }).getProject(config),
    config,
  );

  const typeOf = (named: Named): Type => expectThere(checker.getTypeOfSymbol(named), named.name);
  const textOf = (type: Type) => checker.typeToString(type, undefined, NodeBuilderFlags.NoTruncation);
  const commentOf = (named: Named) => named.getDocumentationComment(checker).replaceAll(/\s+/g, ' ').trim();

  function fieldOf(named: Named): Field {
    const isOptional = (named.flags & SymbolFlags.Optional) !== 0;
    const type = textOf(typeOf(named));
    return {
      name: isOptional ? `${named.name}?` : named.name,
      type: isOptional ? type.replace(/ \| undefined$/, '') : type,
      comment: commentOf(named),
    };
  }

  return {
    /** What a file gives. @param path From the core's `src`. */
    exportsOf(path: string): Named[] {
      return this.exportsByName(path).map(([, each]) => each);
    },
    /** The same, each with the name that it has there. */
    exportsByName(path: string): [name: string, each: Named][] {
      const source = expectThere(program.getSourceFile(join(CORE, 'src', path)), path);
      const exported = checker.getExportsOfModule(expectThere(checker.getSymbolAtLocation(source), path));
      return exported.map((each) => [
        each.name,
        each.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each,
      ]);
    },
    typeOf,
    textOf,
    commentOf,
    membersOf: (type: Type): readonly Named[] => checker.getPropertiesOfType(type),
    fieldsOf: (type: Type) => checker.getPropertiesOfType(type).map(fieldOf),
    /** The type that a name stands for. */
    declaredTypeOf: (named: Named) => checker.getDeclaredTypeOfSymbol(named),
    /** A type as it is written. */
    writtenTypeOf(named: Named): string {
      const written = expectThere(named.declarations[0]?.resolve(), named.name).getText();
      return written
        .replace(/^.*?=[\s|]*/s, '')
        .replace(/;$/, '')
        .replaceAll(/\s+/g, ' ');
    },
    argumentsOf: (type: Type | undefined) => (type ? checker.getTypeArguments(type as TypeReference) : []),
    /** Parameters and result of a function; `undefined` for what is none. */
    callOf(type: Type) {
      const [signature] = checker.getSignaturesOfType(type, SignatureKind.Call);
      const result = signature && checker.getReturnTypeOfSignature(signature);
      return result && { parameters: signature.getParameters(), result };
    },
    /** The parameters of a function as they are written, a default as `?`. */
    parametersOf(named: Named): string {
      const declaration = named.valueDeclaration?.resolve();
      const texts =
        declaration && isFunctionDeclaration(declaration)
          ? declaration.parameters.map((each) => each.getText().replace(/: (.*) = .*$/s, '?: $1'))
          : (this.callOf(typeOf(named))?.parameters ?? []).map(
              (each) => `${each.name}: ${textOf(typeOf(each))}`,
            );
      return texts.map((text) => text.replace(/(\w): (.*) \| undefined$/, '$1?: $2')).join(', ');
    },
    [Symbol.dispose]: () => api.close(),
  };
}

export type Core = ReturnType<typeof openCore>;

function expectThere<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The compiler does not know ${what}.`);
  return value;
}
