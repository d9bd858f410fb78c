import { describe, expect, test } from 'vitest';
import { mayAsk } from '../../entrypoints/background/sender-policy';
import { OWN, senders } from '../support/senders';

const ALLOWED: (keyof typeof senders)[] = ['popup', 'sidePanel', 'ownPageInTab'];

describe('who may ask the background', () => {
  test.each(ALLOWED)('%s may', (name) => {
    expect(mayAsk(senders[name](), OWN)).toBe(true);
  });

  const refused = (Object.keys(senders) as (keyof typeof senders)[]).filter(
    (name) => !ALLOWED.includes(name),
  );
  test.each(refused)('%s may not', (name) => {
    expect(mayAsk(senders[name](), OWN)).toBe(false);
  });
});
