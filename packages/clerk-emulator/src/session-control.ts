import { ACTOR, ControlError, checkFields } from './control-input.ts';
import { SESSION_FILTER_RULES } from './control-rules.ts';
import { expectSession } from './control-targets.ts';
import type { Core } from './core.ts';
import { activeMembership } from './flows/organization-choice.ts';
import { lastActiveSession } from './flows/sessions.ts';
import type { Session } from './state/sessions.ts';
import { moveOn } from './state/updated-at.ts';
import type { EmulatorControl, SessionSummary } from './types.ts';

/** People's sessions. */
export function sessionControl(core: Core) {
  return {
    async listSessions(filter = {}) {
      checkFields('listSessions', filter, SESSION_FILTER_RULES);
      const { clientId, userId } = filter;
      return core.sessions
        .all()
        .filter((session) => clientId === undefined || session.clientId === clientId)
        .filter((session) => userId === undefined || session.userId === userId)
        .map((session) => summary(core, session));
    },
    async revokeSession(sessionId) {
      core.sessions.close(expectSession(core, 'revokeSession', sessionId), 'revoked');
    },
    async endSession(sessionId) {
      core.sessions.close(expectSession(core, 'endSession', sessionId), 'ended');
    },
    async setActor(sessionId, actor) {
      const session = expectSession(core, 'setActor', sessionId);
      if (actor !== null && !ACTOR.accepts(actor))
        throw new ControlError(`setActor: the actor must be null or ${ACTOR.expected}.`);
      session.actor = actor && { ...actor };
      moveOn(session, core.now());
    },
  } satisfies Partial<EmulatorControl>;
}

function summary(core: Core, session: Session): SessionSummary {
  const { id, userId, status, clientId, createdAt } = session;
  const client = core.clients.find(clientId);
  const isLastActive = client !== null && lastActiveSession(core, client) === session;
  const lastActiveOrganizationId = activeMembership(core, session)?.organization.id ?? null;
  return { sessionId: id, userId, status, clientId, lastActiveOrganizationId, isLastActive, createdAt };
}
