/** An empty package: https://github.com/favware/skip-dependency */
const NOTHING = 'npm:@favware/skip-dependency@1.2.2';

/**
 * What `@clerk/clerk-js` and `@clerk/ui` load for wallets and payment only, by `import()`. Stores refuse the one for
 * payment, which loads a script from elsewhere, so Clerk itself leaves both out of its bundles for extensions.
 */
const UNUSED = [
  '@base-org/account',
  '@coinbase/wallet-sdk',
  '@stripe/stripe-js',
  '@wallet-standard/core',
  '@solana/wallet-adapter-base',
  '@solana/wallet-adapter-react',
  '@solana/wallet-standard',
] as const;

/** The overrides by package name, as npm and pnpm take them. */
export const OVERRIDES: Readonly<Record<string, string>> = Object.fromEntries(
  UNUSED.map((name) => [name, NOTHING]),
);

export type PackageManager = 'npm' | 'pnpm' | 'yarn';

interface PackageManifest {
  overrides?: Record<string, unknown>;
  resolutions?: Record<string, unknown>;
  pnpm?: { overrides?: Record<string, unknown> };
}

/**
 * A `package.json` with the overrides in it, where the package manager looks for them. An override that the project has
 * already is left as it is.
 *
 * @returns The same text when nothing is missing.
 * @throws {SyntaxError} When the text is not JSON.
 */
export function withOverrides(text: string, manager: PackageManager): string {
  const manifest: PackageManifest = JSON.parse(text);
  const before = JSON.stringify(manifest);
  if (manager === 'yarn') manifest.resolutions = { ...OVERRIDES, ...manifest.resolutions };
  else if (manager === 'pnpm')
    manifest.pnpm = { ...manifest.pnpm, overrides: { ...OVERRIDES, ...manifest.pnpm?.overrides } };
  else manifest.overrides = { ...OVERRIDES, ...manifest.overrides };
  if (sorted(JSON.parse(before)) === sorted(manifest)) return text;
  const indent = /^[{\s]*\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  return `${JSON.stringify(manifest, null, indent)}\n`;
}

/** A text that is the same for objects of the same content, whatever the order of their keys. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => one.localeCompare(other)))
      : part,
  );
}
