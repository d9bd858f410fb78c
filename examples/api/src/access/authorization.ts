import { reverificationError } from '@clerk/backend/internal';
import type { Request, RequestHandler } from 'express';
import { ApiError } from '../http/api-error.ts';
import { type Caller, expectCaller } from './gate.ts';

/** Somebody with an active organization. */
export type Member = Caller & { orgId: string };

/**
 * Who asks, in their active organization.
 * @throws {ApiError} `organization-needed`, and what `expectCaller` throws.
 */
export function expectMember(request: Request): Member {
  const caller = expectCaller(request);
  if (!caller.orgId)
    throw new ApiError('organization-needed', 'Choose an organization, and ask for a new token.');
  return caller as Member;
}

/**
 * An admin of their active organization.
 * @throws {ApiError} `role-needed`, and what `expectMember` throws.
 */
export function expectRole(request: Request, role: string): Member {
  const member = expectMember(request);
  if (member.has({ role })) return member;
  throw new ApiError('role-needed', `This is for the role ${role} of the organization.`);
}

/** @throws {ApiError} `permission-needed`, and what `expectMember` throws. */
export function expectPermission(request: Request, permission: string): Member {
  const member = expectMember(request);
  if (member.has({ permission })) return member;
  throw new ApiError('permission-needed', `This is for members with the permission ${permission}.`);
}

/** @throws {ApiError} `feature-needed`, and what `expectCaller` throws. */
export function expectFeature(request: Request, feature: string): Caller {
  const caller = expectCaller(request);
  if (caller.has({ feature })) return caller;
  throw new ApiError('feature-needed', `This is for plans with the feature "${feature}".`);
}

/**
 * Asks for a verification of the last ten minutes. Clerk's pages answer this 403 with a dialog and repeat the request:
 * https://clerk.com/docs/guides/secure/reverification
 */
export const expectRecentVerification: RequestHandler = (request, response, next) => {
  if (expectCaller(request).has({ reverification: 'strict' })) return next();
  response.status(403).json(reverificationError('strict'));
};
