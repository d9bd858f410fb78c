import { beforeEach } from 'vitest';
import { speak } from './speak';

// The fake browser speaks nothing. Before every test, so that no language is left in another's test.
beforeEach(() => speak('en'));
