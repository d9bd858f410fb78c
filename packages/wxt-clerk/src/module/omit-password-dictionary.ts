import type { ESTree, Plugin } from 'vite';

const CLERK = /@clerk[\\/]clerk-js[\\/]dist[\\/]clerk\.no-rhc\.mjs$/;

/**
 * Leaves the dictionary of common passwords out of a bundle: more than half of clerk-js, and only a sign-up form asks
 * for it. Chrome hands every script of a service worker over at each of its starts, evaluated or not (seen in Chromium 156:
 * docs/platform-notes.md).
 *
 * @throws {Error} At build time, when this version of clerk-js keeps the dictionary elsewhere.
 */
export function omitPasswordDictionary(): Plugin {
  return {
    name: 'omit-password-dictionary',
    transform: {
      filter: { id: CLERK },
      handler(code) {
        const [dictionary, ...others] = modulesOf(this.parse(code)).filter(({ start, end }) =>
          /^\d+\(\w+,\w+,\w+\)\{[^{]*\{adjacencyGraphs:\(\)=>\w+,dictionary:/.test(
            code.slice(start, Math.min(end, start + 200)),
          ),
        );
        if (!dictionary || others.length > 0) {
          throw new Error(
            'This version of clerk-js keeps its password dictionary elsewhere: mend src/module/omit-password-dictionary.ts.',
          );
        }
        const { start, end } = dictionary;
        return {
          code: `${code.slice(0, start)}${parseInt(code.slice(start, end), 10)}(){}${code.slice(end)}`,
          map: null,
        };
      },
    },
  };
}

/** The modules that webpack put into one file: methods of the first object in it. */
function modulesOf({ body }: ESTree.Program): ESTree.Node[] {
  const declared = body.flatMap((node) => (node.type === 'VariableDeclaration' ? node.declarations : []));
  const modules = declared.map(({ init }) => init).find((init) => init?.type === 'ObjectExpression');
  return modules?.properties ?? [];
}
