import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import type { ScriptScope } from '../../background/load-script.ts';

// A script of its own, so that waking the background does not pay for requests to the developer's API.
export default defineUnlistedScript(() => {
  const scope = globalThis as ScriptScope;
  scope.clerkScripts = {
    ...scope.clerkScripts,
    fetch: () => import('../../background/fetch-script/index.ts'),
  };
});
