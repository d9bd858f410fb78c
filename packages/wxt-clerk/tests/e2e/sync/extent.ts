import type { InstanceType } from 'clerk-emulator';
import { expect } from 'vitest';
import { sized } from '../../../../../tools/test-size.ts';

/** Kinds of publishable keys: the matrix has both. */
export const KEYS = sized<InstanceType[]>({ usual: ['production'], matrix: ['production', 'development'] });

/** The promise is a second, which is measured where nothing else runs; elsewhere it may be the machine that is slow. */
const SOON_MS = sized({ usual: 5000, matrix: 1000 });

/** Waits for what must be so within a second, in the matrix. @throws {Error} When it took longer. */
export async function soon(work: Promise<unknown>): Promise<void> {
  const from = performance.now();
  await work;
  expect(performance.now() - from).toBeLessThan(SOON_MS);
}
