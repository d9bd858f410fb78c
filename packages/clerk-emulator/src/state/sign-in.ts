import type { Verification } from './verification.ts';

/** A sign-in attempt; a client has at most one, and a new one replaces it. */
export interface SignIn {
  id: string;
  status:
    | 'needs_identifier'
    | 'needs_first_factor'
    | 'needs_second_factor'
    | 'needs_client_trust'
    | 'needs_new_password'
    | 'complete';
  identifier: string | null;
  userId: string | null;
  firstFactorVerification: Verification | null;
  secondFactorVerification: Verification | null;
  /** Whether the user signed in on this client before; `null` while it does not matter. */
  clientTrustState: 'new' | 'known' | null;
  /** Of a ticket for impersonation. */
  actor: Record<string, unknown> | null;
  createdSessionId: string | null;
  locale: string | null;
  abandonAt: number;
}
