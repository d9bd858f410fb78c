/** A package with an install script that somebody has looked at, in `release/install-scripts.json`. */
export interface ReviewedInstallScript {
  name: string;
  /** May it run? Only by hand: `.npmrc` has `ignore-scripts`. */
  runs: boolean;
  reason: string;
}

/** The part of `package-lock.json` that is read here. */
export interface Lockfile {
  packages: Record<string, { hasInstallScript?: boolean }>;
}

/** Packages that could run code when they are installed, and that nobody has looked at, in sentences. */
export function findUnreviewedInstallScripts(
  { packages }: Lockfile,
  reviewed: readonly ReviewedInstallScript[],
): string[] {
  return Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
    .filter((name) => !reviewed.some((each) => each.name === name))
    .map((name) => `${name} has an install script. Look at it, and name it in release/install-scripts.json.`);
}
