import { defineUnlistedScript } from '#imports';
import type { ClerkScript } from '../packages/wxt-clerk/src/background/load-clerk';

// Clerk is imported on the first call, not at the top: WXT runs entry files in Node while it builds.
export default defineUnlistedScript(() => {
  (globalThis as ClerkScript).clerkScript = () => import('../packages/wxt-clerk/src/background/clerk-client');
});
