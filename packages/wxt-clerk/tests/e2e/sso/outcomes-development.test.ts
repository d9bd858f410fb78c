import { testOutcomes } from './matrix.ts';

testOutcomes('development');
