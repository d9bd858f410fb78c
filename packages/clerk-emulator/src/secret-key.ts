import { randomBytes } from 'node:crypto';
import type { InstanceType } from './types.ts';

/** A secret key in Clerk's form. */
export function createSecretKey(instance: InstanceType): string {
  const prefix = instance === 'production' ? 'sk_live_' : 'sk_test_';
  return prefix + randomBytes(30).toString('base64url');
}
