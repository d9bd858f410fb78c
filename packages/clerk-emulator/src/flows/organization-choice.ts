import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import type { Form } from '../form.ts';
import type { Membership } from '../state/organizations.ts';
import type { Session } from '../state/sessions.ts';
import { findMembership } from './organizations.ts';

/** The place of a session's user in the organization that the session is in; `null` in the personal account. */
export function activeMembership(core: Core, session: Session): Membership | null {
  const id = session.lastActiveOrganizationId;
  return id === null ? null : findMembership(core, session.userId, id);
}

/**
 * The organization that a form asks for by id or slug. Absent, it is the session's; empty, it is none, where an
 * organization is not forced.
 * @throws {ApiError} `organization_not_found_or_unauthorized` when the user does not belong to it
 */
export function chosenMembership(core: Core, session: Session, form: Form, field: string): Membership | null {
  const wanted = form.optional(field);
  if (wanted === null) {
    const isPersonal = form.has(field) && !core.settings.forceOrganizationSelection;
    return isPersonal ? null : activeMembership(core, session);
  }
  const membership = findMembership(core, session.userId, wanted);
  if (!membership) throw new ApiError('organization_not_found_or_unauthorized');
  return membership;
}
