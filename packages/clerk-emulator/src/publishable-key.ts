import type { InstanceType } from './types.ts';

/**
 * The publishable key from which Clerk's SDK derives `https://<host>`.
 * @param host host with port; it must contain a dot, or the SDK refuses the key.
 */
export function createPublishableKey(instance: InstanceType, host: string): string {
  const prefix = instance === 'production' ? 'pk_live_' : 'pk_test_';
  return prefix + Buffer.from(`${host}$`).toString('base64');
}
