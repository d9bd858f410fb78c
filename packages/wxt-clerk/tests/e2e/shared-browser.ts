import { sharedBrowserTest as shared } from '../../../../tools/e2e/shared-browser.ts';
import { EXTENSION, openedToSites } from './fixtures.ts';

type Wanted = Partial<Omit<Parameters<typeof shared>[0], 'project' | 'ownPage'>>;

/** A test on the small extension in `extension/`, opened to some web sites, in the browser that tests share. */
export function sharedBrowserTest({ variables, ...wanted }: Wanted = {}) {
  const all = { ...openedToSites(), ...variables };
  return shared({ ...wanted, project: EXTENSION, ownPage: 'own-page.html', variables: all });
}

/** With a production key, and nothing switched on. */
export const test = sharedBrowserTest();
