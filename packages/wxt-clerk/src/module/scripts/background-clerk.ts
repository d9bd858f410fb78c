import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import type { ScriptScope } from '../../background/load-script.ts';

// A script of its own, so that waking the background does not pay for Clerk.
export default defineUnlistedScript(() => {
  const scope = globalThis as ScriptScope;
  scope.clerkScripts = {
    ...scope.clerkScripts,
    clerk: () => import('../../background/clerk-script/index.ts'),
  };
});
