import type { ExternalVerification } from './single-sign-on.ts';
import type { Verification } from './verification.ts';

/** A sign-up attempt; a client has at most one, and a new one replaces it. */
export interface SignUp {
  id: string;
  status: 'missing_requirements' | 'complete';
  emailAddress: string | null;
  phoneNumber: string | null;
  username: string | null;
  password: string | null;
  firstName: string | null;
  lastName: string | null;
  unsafeMetadata: Record<string, unknown>;
  locale: string | null;
  legalAcceptedAt: number | null;
  /** `null` until a code was asked for: Clerk's UI would otherwise believe that one is on its way. */
  emailVerification: Verification | null;
  phoneVerification: Verification | null;
  /** Of a provider; once it is verified, the user has that external account. */
  externalVerification: ExternalVerification | null;
  createdSessionId: string | null;
  createdUserId: string | null;
  abandonAt: number;
}
