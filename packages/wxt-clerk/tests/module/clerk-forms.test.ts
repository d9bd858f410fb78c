// @vitest-environment node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { describe, expect, test } from 'vitest';
import { clerkForms } from '../../src/module/clerk-forms';

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

test('other files stay as they are', () => {
  expect(edit('router/PathRouter.js', 'window.location.hash')).toBe('window.location.hash');
});

test('a version of @clerk/ui that is written in another way stops the build', () => {
  expect(() => edit('router/HashRouter.js', 'export const HashRouter = 1;')).toThrow(
    'another router/HashRouter.js',
  );
});
