import { beforeEach, inject } from 'vitest';
import { sized } from '../test-size.ts';

const BROWSER = /Chromium|Firefox/;

/**
 * In a usual run each test of the file that calls this goes through one browser, which its title chooses; in the matrix every
 * test goes through both. A test whose title names a browser is that browser's own, and always runs.
 *
 * @param ofChromium How many of them go through Chromium, from 0 to 1. Firefox takes longer for each, and both begin together.
 */
export function byTurns(ofChromium = 0.55): void {
  beforeEach(({ task, skip }) => {
    const title = titleOf(task);
    const isChromiums = shareOf(title) < ofChromium;
    const isHere = BROWSER.test(title) || isChromiums === (inject('browserName') === 'chromium');
    skip(
      !sized({ usual: isHere, matrix: true }),
      'the other browser has it; TEST_SIZE=matrix runs it in both',
    );
  });
}

interface Titled {
  name: string;
  suite?: Titled;
}

function titleOf({ name, suite }: Titled): string {
  return suite ? `${titleOf(suite)} > ${name}` : name;
}

/** A number from 0 to 1 that is always the same for a title, in both browsers. */
function shareOf(title: string): number {
  let hash = 7;
  for (const letter of title) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return (hash % 1009) / 1009;
}
