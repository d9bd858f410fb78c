import { CLERK_DOMAIN } from './middleware/clerk-domain.ts';
import type { InstanceType } from './types.ts';

/**
 * The publishable key from which Clerk's SDK derives `https://<host>`.
 * @param host host with port; it must contain a dot, or the SDK refuses the key.
 */
export function createPublishableKey(instance: InstanceType, host: string): string {
  const prefix = instance === 'production' ? 'pk_live_' : 'pk_test_';
  return prefix + Buffer.from(`${host}$`).toString('base64');
}

/** The same for web pages. In development it makes clerk-js keep a dev browser, which it does for Clerk's hosts alone. */
export function webPublishableKey(instance: InstanceType, host: string): string {
  return createPublishableKey(instance, instance === 'development' ? `${host}${CLERK_DOMAIN}` : host);
}
