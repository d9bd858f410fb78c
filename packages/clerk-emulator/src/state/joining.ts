import type { Verification } from './verification.ts';

/** That whoever has an e-mail address may join an organization. */
export interface OrganizationInvitation {
  id: string;
  organizationId: string;
  emailAddress: string;
  role: string;
  status: 'pending' | 'accepted' | 'revoked';
  /** Of the domain that made it; `null` when somebody wrote it. */
  domainId: string | null;
  /** Unix ms. */
  expireAt: number;
  createdAt: number;
  updatedAt: number;
}

/** That a user may ask to join an organization. */
export interface OrganizationSuggestion {
  id: string;
  organizationId: string;
  userId: string;
  status: 'pending' | 'accepted';
  /** Of the domain that made it. */
  domainId: string | null;
  createdAt: number;
  updatedAt: number;
}

/** That a user asks to join an organization. */
export interface MembershipRequest {
  id: string;
  organizationId: string;
  userId: string;
  status: 'pending' | 'accepted' | 'rejected';
  createdAt: number;
  updatedAt: number;
}

/** In Clerk's words; what an organization does with people who have an address of its domain. */
export const ENROLLMENT_MODES = [
  'manual_invitation',
  'automatic_invitation',
  'automatic_suggestion',
] as const;

export type EnrollmentMode = (typeof ENROLLMENT_MODES)[number];

/** A domain whose people belong to an organization. */
export interface OrganizationDomain {
  id: string;
  organizationId: string;
  /** `globex.example` */
  name: string;
  enrollmentMode: EnrollmentMode;
  /** An address of the domain, which gets a code. */
  affiliationEmailAddress: string | null;
  /** `null` until a code was asked for. */
  verification: Verification | null;
  /** Unix ms. */
  verifiedAt: number | null;
  createdAt: number;
  updatedAt: number;
}
