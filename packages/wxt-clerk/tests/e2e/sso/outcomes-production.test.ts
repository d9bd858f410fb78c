import { testOutcomes } from './matrix.ts';

testOutcomes('production');
