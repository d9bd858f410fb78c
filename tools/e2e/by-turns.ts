import type { BrowserName } from 'extension-driver';
import { beforeEach, inject } from 'vitest';
import { sized } from '../test-size.ts';

/**
 * In a usual run each test of the file that calls this goes through one browser, by turns; in the matrix every test goes through
 * both.
 *
 * @param first The browser that has the first test.
 */
export function byTurns(first: BrowserName = 'chromium'): void {
  const turns = new Map<string, number>();
  beforeEach(({ task, skip }) => {
    // By the test, which comes here again with its second try.
    const turn = turns.get(task.id) ?? turns.size;
    turns.set(task.id, turn);
    const isHere = (turn % 2 === 0) === (inject('browserName') === first);
    skip(
      !sized({ usual: isHere, matrix: true }),
      'the other browser has it; TEST_SIZE=matrix runs it in both',
    );
  });
}
