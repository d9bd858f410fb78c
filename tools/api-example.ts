import { join } from 'node:path';
import type { Emulator } from 'clerk-emulator';
import { PROJECT_ROOT } from './extension-build.ts';

/** An example, which may be deleted: from the project's root. */
export const API = 'examples/api';
export const API_FOLDER = join(PROJECT_ROOT, API);

/** What tells it of an instance. */
export function environmentOf(
  emulator: Pick<Emulator, 'publishableKey' | 'secretKey' | 'jwtKey' | 'apiUrl'>,
): Record<string, string> {
  return {
    CLERK_PUBLISHABLE_KEY: emulator.publishableKey,
    CLERK_SECRET_KEY: emulator.secretKey,
    CLERK_JWT_KEY: emulator.jwtKey,
    CLERK_API_URL: emulator.apiUrl,
  };
}
