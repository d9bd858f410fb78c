import { expect, test } from 'vitest';
import { findUnreviewedInstallScripts } from '../../src/release/checks/install-scripts';

const LOCKFILE = {
  packages: {
    'node_modules/quiet': {},
    'node_modules/core-js': { hasInstallScript: true },
    'node_modules/a/node_modules/@scope/sharp': { hasInstallScript: true },
  },
};

test('a package with an install script that nobody looked at is named', () => {
  const reviewed = [{ name: 'core-js', runs: false, reason: 'prints a greeting' }];
  expect(findUnreviewedInstallScripts(LOCKFILE, reviewed)).toEqual([
    '@scope/sharp has an install script. Look at it, and name it in release/install-scripts.json.',
  ]);
});
