import { isLoopback, parsePublishableKey } from 'wxt-clerk/build';
import type { FileTree } from '../file-tree.ts';

const FORBIDDEN_FILES = [
  { what: 'a source map', pattern: /\.map$/ },
  { what: 'an environment file', pattern: /(?:^|\/)\.env(?:\.[^/]*)?$/ },
  { what: 'a private key', pattern: /\.(?:pem|p8|p12|key)$/ },
];

const FORBIDDEN_TEXTS = [
  { what: 'a reference to a source map', pattern: /[#@]\s*sourceMappingURL=/ },
  { what: 'a secret key of Clerk', pattern: /sk_(?:test|live)_[A-Za-z0-9]{10,}/ },
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { what: 'a home folder', pattern: /\/(?:home|Users)\/[\w.-]+\/|[A-Za-z]:\\+Users\\/ },
];

/**
 * What must not leave the machine: source maps, environment files, secrets, and the machine's own folders.
 *
 * @param machineFolders Absolute paths, such as the project's.
 */
export function findLeaks(tree: FileTree, machineFolders: readonly string[]): string[] {
  return [...tree].flatMap(([path, content]) => {
    const text = content.toString('latin1');
    return [
      ...FORBIDDEN_FILES.filter(({ pattern }) => pattern.test(path)).map(({ what }) => `${path} is ${what}`),
      // What was found stays out of the output: logs are public more often than people think.
      ...FORBIDDEN_TEXTS.filter(({ pattern }) => pattern.test(text)).map(
        ({ what }) => `${path} contains ${what}`,
      ),
      ...machineFolders
        .filter((folder) => text.includes(folder))
        .map((folder) => `${path} contains a folder of the build machine: ${folder}`),
    ];
  });
}

/**
 * The publishable keys of a package: one, of a production instance that is not on this machine, and the expected one.
 *
 * @param expected The key that the sources package names.
 */
export function checkKeys(tree: FileTree, expected: string): string[] {
  const found = new Map<string, string>();
  for (const [path, content] of tree) {
    for (const key of keysIn(content.toString('latin1'))) found.set(key, path);
  }
  if (found.size === 0) return ['no publishable key is compiled in'];
  return [...found].flatMap(([key, path]) => [
    ...describeUnfitKey(key, path),
    ...(key === expected ? [] : [`${path} has another publishable key than the sources package`]),
  ]);
}

function keysIn(text: string): string[] {
  return [...text.matchAll(/pk_(?:test|live)_[A-Za-z0-9+/]{4,}={0,2}/g)]
    .map(([key]) => key)
    .filter((key) => hostOf(key) !== undefined);
}

function hostOf(key: string): string | undefined {
  try {
    return parsePublishableKey(key).frontendApi;
  } catch {
    return undefined;
  }
}

const MEND = 'Put the key of the production instance into .env and make the packages anew.';

function describeUnfitKey(key: string, path: string): string[] {
  const { instanceType, frontendApi } = parsePublishableKey(key);
  const { hostname } = new URL(`https://${frontendApi}`);
  return [
    ...(instanceType === 'development'
      ? [`${path} has the key of a development instance (pk_test_…). ${MEND}`]
      : []),
    ...(isThisMachine(hostname) ? [`${path} has a key for this machine (${frontendApi}). ${MEND}`] : []),
  ];
}

// To listen at 0.0.0.0 is to listen on every address; as one to ask it means this machine.
const isThisMachine = (hostname: string) => isLoopback(hostname) || hostname === '0.0.0.0';
