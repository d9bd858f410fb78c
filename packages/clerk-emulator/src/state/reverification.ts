import type { Verification } from './verification.ts';

export type ReverificationLevel = 'first_factor' | 'second_factor' | 'multi_factor';

/** A session's proof that its user is still there. */
export interface Reverification {
  level: ReverificationLevel;
  status: 'needs_first_factor' | 'needs_second_factor' | 'complete';
  firstFactorVerification: Verification | null;
  secondFactorVerification: Verification | null;
}
