import { globSync } from 'node:fs';
import { sourcesPackage } from 'wxt-clerk/module';

/** What a reviewer builds the Firefox package from. Add what you add to the top of the repository and the build needs. */
export default sourcesPackage([
  '.npmrc',
  'LICENSE',
  'README.md',
  'access.config.ts',
  'components',
  'docs/source-code-review.md',
  'entrypoints',
  // What examples add to popup and panel.
  ...globSync('examples/*/extension'),
  'modules',
  'package-lock.json',
  'package.json',
  'packages/wxt-clerk/package.json',
  'packages/wxt-clerk/src',
  'public',
  'tsconfig.json',
  'utils',
  'wxt.config.ts',
]);
