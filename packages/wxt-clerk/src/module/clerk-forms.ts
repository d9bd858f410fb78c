import type { Plugin } from 'vite';

const CLERK_UI = /@clerk[\\/]ui[\\/]dist[\\/]no-rhc[\\/](.+)\.js$/;

/** One change of a source file of `@clerk/ui`. */
interface Edit {
  find: RegExp;
  replace: string;
}

/** `const Name = lazy(() => import("./x.js").then((m) => ({ default: m.Name })));` */
const lazily = (name: string) =>
  new RegExp(`const (${name}) = lazy\\(\\(\\) => import\\((".+?")\\)\\.then\\(\\(\\w+\\) => .+?\\)\\);`, 'g');

const AT_ONCE = { replace: 'import { $1 } from $2;' };

const IMPORT_CREATE_ELEMENT = {
  find: /import \{ lazy \} from "react";/,
  replace: 'import { createElement, lazy } from "react";',
};

// ui/clerk/route.ts
const SENT_CODE = 'globalThis.wxtClerkRoute.sentCode';

/**
 * What is changed in `@clerk/ui` 1.34.0, by file. docs/source-code-review.md tells the stores' reviewers of each.
 *
 * Clerk's forms come in about 120 chunks, one wave after the other, and each wave that React has to wait for commits a
 * Suspense fallback. After one React holds back the next reveal for 300 ms (`FALLBACK_THROTTLE_MS` in
 * https://github.com/facebook/react/blob/main/packages/react-reconciler/src/ReactFiberWorkLoop.js).
 */
export const EDITS: Record<string, Edit[]> = {
  // What every form is wrapped in is imported with it. Modals and drawers still come when they open.
  'lazyModules/providers': [
    {
      find: lazily(
        '(?:ClerkContext|Environment|Options|ModuleManager|Appearance|InternalTheme|StyleCache|FlowMetadata)Provider|VirtualRouter|Portal',
      ),
      ...AT_ONCE,
    },
  ],
  // So are the forms themselves. They import this file, too, so that each is looked up when it is rendered.
  'lazyModules/components': [
    {
      find: /const (SignIn|SignUp|UserProfile) = lazy\(\(\) => componentImportPaths\.\1\(\)\.then\(\(module\) => .+?\)\);/g,
      replace:
        'import { $1 as $1AtOnce } from "../components/$1/index.js";\nconst $1 = (props) => createElement($1AtOnce, props);',
    },
    IMPORT_CREATE_ELEMENT,
  ],
  // The drawers of billing are always rendered, and show nothing as long as they have no props.
  'lazyModules/drawers': [
    {
      find: /const (Mounted(\w)(\w+)) = (lazy\(.+?\)\));/g,
      replace:
        'const Lazy$2$3 = $4;\nconst $1 = (props) => Object.values(props).some((value) => value?.props) ? createElement(Lazy$2$3, props) : null;',
    },
    IMPORT_CREATE_ELEMENT,
  ],
  // Who comes back to a code that is on its way (ui/clerk/resume.ts) finds the field for it, and gets no second one.
  'components/SignIn/utils': [
    {
      find: /(function determineStartingSignInFactor\(firstFactors, identifier, .+\n.+return null;)/,
      replace: `$1
	const sent = firstFactors.filter(({ strategy }) => strategy === ${SENT_CODE});
	if (sent.length > 0) return sent.find(factorForIdentifier(identifier)) ?? sent[0];`,
    },
    {
      find: /(function determineStartingSignInSecondFactor\(secondFactors\) \{\n.+return null;)/,
      replace: `$1
	const sent = secondFactors.find(({ strategy }) => strategy === ${SENT_CODE});
	if (sent) return sent;`,
    },
  ],
  // The code of a new password is none of the ways to sign in, which are asked for when the form starts with another.
  'components/SignIn/SignInFactorOne': [
    {
      find: /(return !currentFactor \|\| !factorHasLocalStrategy\(currentFactor\))( \|\|)/,
      replace: `$1 && currentFactor.strategy !== ${SENT_CODE}$2`,
    },
  ],
  // The form of the first factor looks by itself whether a code is on its way.
  'components/SignIn/SignInFactorTwoCodeForm': [
    {
      find: /if \(props\.factorAlreadyPrepared\) return;/,
      replace: `if (props.factorAlreadyPrepared) return;
		if (props.factor.strategy === ${SENT_CODE}) {
			${SENT_CODE} = undefined;
			return;
		}`,
    },
  ],
  // The page's hash is the product's. A form keeps its place in a variable (ui/clerk/route.ts), and the browser's history
  // is none of its business.
  'router/HashRouter': [
    { find: /window\.location\.hash/g, replace: 'globalThis.wxtClerkRoute.hash' },
    { find: /const HASH_REFRESH_EVENTS = \[[^\]]*\];/, replace: 'const HASH_REFRESH_EVENTS = undefined;' },
  ],
};

/** The screen that everything of Clerk comes with, in the package's sources or as installed. */
const CLERK_SCREEN = /[\\/]ui[\\/]clerk[\\/]ClerkScreen\.(tsx|js)$/;

/** All languages are imported by an index, which uses one of them: the others are chunks that come when they are spoken. */
const LANGUAGE = /@clerk[\\/]localizations[\\/]dist[\\/](?!en-US)[a-z]{2}-/;

/**
 * Lets Clerk's forms appear at once, and leaves the page's hash to the product.
 *
 * @throws {Error} At build time, when this version of `@clerk/ui` is written in another way.
 */
export function clerkForms(): Plugin {
  const name = 'clerk-forms';
  const transform = { filter: { id: CLERK_UI }, handler: edited };
  let ofTheForms = new Set<string>();
  return {
    name,
    transform,
    // In development Vite bundles dependencies ahead, with plugins of their own.
    config: () => ({ optimizeDeps: { rolldownOptions: { plugins: [{ name, transform }] } } }),
    buildEnd() {
      const ids = [...this.getModuleIds()];
      const imports = (id: string) => this.getModuleInfo(id)?.importedIds ?? [];
      const ofThePages = closure(
        ids.filter((id) => this.getModuleInfo(id)?.isEntry),
        imports,
      );
      ofTheForms = closure(
        ids.filter((id) => CLERK_SCREEN.test(id)),
        imports,
      ).difference(ofThePages);
    },
    // One file instead of 114: each takes a browser a millisecond or two to fetch out of an extension.
    outputOptions(options) {
      // Scripts that are no modules are one file anyway.
      if (options.format && options.format !== 'es') return;
      return {
        ...options,
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { debugName: 'clerk', name: (id) => (ofTheForms.has(id) && !LANGUAGE.test(id) ? 'clerk' : null) },
          ],
        },
      };
    },
  };
}

/** Modules, and all that comes with them. */
function closure(roots: string[], importsOf: (id: string) => readonly string[]): Set<string> {
  const found = new Set(roots);
  for (const id of found) for (const imported of importsOf(id)) found.add(imported);
  return found;
}

function edited(code: string, id: string): { code: string; map: null } | undefined {
  const file = CLERK_UI.exec(id)?.[1]?.replaceAll('\\', '/') ?? '';
  const edits = EDITS[file];
  if (!edits) return;
  let result = code;
  for (const { find, replace } of edits) {
    const next = result.replace(find, replace);
    if (next === result) {
      throw new Error(
        `This version of @clerk/ui has another ${file}.js: take the version that wxt-clerk names, or mend its src/module/clerk-forms.ts.`,
      );
    }
    result = next;
  }
  return { code: result, map: null };
}
