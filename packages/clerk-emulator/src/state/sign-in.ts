import type { Verification } from './verification.ts';

/** A sign-in attempt; a client has at most one, and a new one replaces it. */
export interface SignIn {
  id: string;
  status: 'needs_identifier' | 'needs_first_factor' | 'needs_new_password' | 'complete';
  identifier: string | null;
  userId: string | null;
  firstFactorVerification: Verification | null;
  createdSessionId: string | null;
  locale: string | null;
  abandonAt: number;
}
