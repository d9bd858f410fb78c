// @vitest-environment node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { clerkForms, EDITS } from '../../src/module/clerk-forms';

const FOLDER = dirname(createRequire(import.meta.url).resolve('@clerk/ui/no-rhc'));
const transform = clerkForms().transform as Exclude<Plugin['transform'], undefined> & { handler: unknown };

function edit(file: string, code = readFileSync(join(FOLDER, file), 'utf8')): string {
  const handler = transform.handler as (code: string, id: string) => { code: string } | undefined;
  return handler(code, join(FOLDER, file))?.code ?? code;
}

describe('Clerk’s forms', () => {
  test('are imported with what they are wrapped in', () => {
    const providers = edit('lazyModules/providers.js');
    const left = [...providers.matchAll(/const (\w+) = lazy\(/g)].map(([, name]) => name);
    expect(left.sort()).toEqual([
      'DrawerOverlay',
      'DrawerRoot',
      'Modal',
      'OrganizationSwitcherPrefetch',
      'VirtualBodyRootPortal',
    ]);
    expect(providers).toContain('import { Portal } from "../portal/index.js";');
    const components = edit('lazyModules/components.js');
    for (const name of ['SignIn', 'SignUp', 'UserProfile']) {
      expect(components).toContain(
        `import { ${name} as ${name}AtOnce } from "../components/${name}/index.js";`,
      );
      expect(components).not.toContain(`const ${name} = lazy`);
    }
  });

  test('wait for no drawer of billing', () => {
    const drawers = edit('lazyModules/drawers.js');
    for (const name of ['CheckoutDrawer', 'PlanDetailDrawer', 'SubscriptionDetailDrawer']) {
      expect(drawers).toContain(`const Lazy${name} = lazy(`);
      expect(drawers).toContain(`const Mounted${name} = (props) => `);
    }
  });

  test('leave the page’s hash and history alone', () => {
    const router = edit('router/HashRouter.js');
    expect(router).not.toContain('location.hash');
    expect(router).toContain('globalThis.wxtClerkRoute.hash = ');
    expect(router).toContain('HASH_REFRESH_EVENTS = undefined');
  });
});

describe('who comes back to a code that is on its way', () => {
  const route: { sentCode?: string | undefined } = {};
  beforeEach(() => {
    route.sentCode = undefined;
    vi.stubGlobal('wxtClerkRoute', route);
  });

  /** The functions of a file of Clerk's, without what it imports. */
  async function functionsOf(file: string) {
    const stubs =
      'const isWebAuthnSupported = () => false, passwordPrefFactorComparator = () => 0, PREFERRED_SIGN_IN_STRATEGIES = { Password: "password" };';
    const code = edit(file).replaceAll(/^import .+$/gm, '');
    return import(`data:text/javascript,${encodeURIComponent(`${stubs}${code}`)}`);
  }

  test('is asked for that one, and not for what Clerk would ask first', async () => {
    const utils = await functionsOf('components/SignIn/utils.js');
    const mine = { strategy: 'email_code', safeIdentifier: 'ada@example.com' };
    const first = [{ strategy: 'password' }, { ...mine, safeIdentifier: 'old@example.com' }, mine];
    expect(utils.determineStartingSignInFactor(first, 'ada@example.com', 'password')).toBe(first[0]);
    const second = [{ strategy: 'totp' }, { strategy: 'phone_code' }];
    expect(utils.determineStartingSignInSecondFactor(second)).toBe(second[0]);
    route.sentCode = 'email_code';
    expect(utils.determineStartingSignInFactor(first, 'ada@example.com', 'password')).toBe(mine);
    route.sentCode = 'phone_code';
    expect(utils.determineStartingSignInSecondFactor(second)).toBe(second[1]);
  });

  test('gets no second one', () => {
    expect(edit('components/SignIn/SignInFactorTwoCodeForm.js')).toMatch(
      /if \(props\.factor\.strategy === globalThis\.wxtClerkRoute\.sentCode\) \{[^}]+return;/,
    );
    expect(edit('components/SignIn/SignInFactorOne.js')).toContain(
      'currentFactor.strategy !== globalThis.wxtClerkRoute.sentCode',
    );
  });
});

test('other files stay as they are', () => {
  expect(edit('router/PathRouter.js', 'window.location.hash')).toBe('window.location.hash');
});

test('a version of @clerk/ui that is written in another way stops the build', () => {
  expect(() => edit('router/HashRouter.js', 'export const HashRouter = 1;')).toThrow(
    'another router/HashRouter.js',
  );
});

test('reviewers of the stores are told of every file that is changed', () => {
  const told = readFileSync('docs/source-code-review.md', 'utf8');
  expect(Object.keys(EDITS).filter((file) => !told.includes(`\`${file}.js\``))).toEqual([]);
});
