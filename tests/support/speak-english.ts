import { beforeEach } from 'vitest';
import { speak } from './texts';

// The fake browser has no texts of its own. Before every test, so that none is left in another's language.
beforeEach(() => speak('en'));
