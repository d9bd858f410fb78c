/** Where a build looks for its variables. */
export interface BuildEnvironment {
  /** As WXT calls it: `chrome`, `firefox`. */
  browser: string;
  mode: 'development' | 'production';
  root: string;
  environment: Record<string, string | undefined>;
}
export interface Variable {
  value: string;
  /** A file such as `.env.local`, or `the environment`. */
  source: string;
}
/** A variable as WXT gives it to a build: of the environment, or else of the last `.env` file that names it. */
export declare function readVariable(
  name: string,
  { browser, mode, root, environment }: BuildEnvironment,
): Variable | null;
/** Does the environment or one of the `.env` files that WXT reads in development mode give a publishable key? */
export declare function hasPublishableKey(
  browser: string,
  root?: string,
  environment?: NodeJS.ProcessEnv,
): boolean;
