import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import type { ClerkScript } from '../../background/load-clerk.ts';

// A script of its own, so that waking the background does not pay for Clerk.
export default defineUnlistedScript(() => {
  (globalThis as ClerkScript).clerkScript = () => import('../../background/clerk-script/index.ts');
});
