import type { Core } from '../core.ts';
import type { Session } from '../state/sessions.ts';
import { secondFactorStrategies } from './factors.ts';
import { activeMembership } from './organization-choice.ts';

/** What a session's user has to do before it counts as signed in; empty for an active session. */
export function sessionTasks(core: Core, session: Session): string[] {
  const { settings } = core;
  const user = core.users.expect(session.userId);
  const isOrganizationMissing = settings.forceOrganizationSelection && !activeMembership(core, session);
  const isMfaMissing = settings.secondFactorRequired && secondFactorStrategies(core, user).length === 0;
  return [
    ...(isOrganizationMissing ? ['choose-organization'] : []),
    ...(user.mustResetPassword ? ['reset-password'] : []),
    ...(isMfaMissing ? ['setup-mfa'] : []),
  ];
}
