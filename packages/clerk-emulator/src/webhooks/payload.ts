import { backendMembershipJson, backendOrganizationJson } from '../backend-api/resources/organization.ts';
import { backendSessionJson } from '../backend-api/resources/session.ts';
import { backendUserJson } from '../backend-api/resources/user.ts';
import type { Core } from '../core.ts';
import { deletedJson } from '../resources/user.ts';
import type { Cause, EventType, StateEvent } from '../state/events.ts';
import type { Session } from '../state/sessions.ts';
import type { WebhookPayload } from './types.ts';

/** What the payload of an event is about, as Clerk's document of webhooks has it. */
export function eventData(core: Core, event: Pick<StateEvent, 'type' | 'subject'>): Record<string, unknown> {
  const { type, subject } = event as StateEvent;
  switch (type) {
    case 'user.created':
    case 'user.updated':
      return backendUserJson(core, subject);
    case 'user.deleted':
      return deletedJson('user', subject.id);
    case 'session.created':
    case 'session.ended':
    case 'session.removed':
    case 'session.revoked':
      return sessionData(core, subject);
    case 'organization.created':
    case 'organization.updated':
      return backendOrganizationJson(core, subject);
    case 'organization.deleted':
      return { ...deletedJson('organization', subject.id), slug: subject.slug };
    case 'organizationMembership.created':
    case 'organizationMembership.updated':
    case 'organizationMembership.deleted':
      return backendMembershipJson(core, subject);
  }
}

function sessionData(core: Core, session: Session): Record<string, unknown> {
  const user = core.users.find(session.userId);
  return { ...backendSessionJson(core, session), user: user && backendUserJson(core, user) };
}

/** The whole payload. @param timestamp Unix ms */
export function createPayload(
  core: Core,
  type: EventType,
  data: Record<string, unknown>,
  timestamp: number,
  { clientIp, userAgent }: Cause,
): WebhookPayload {
  return {
    data,
    event_attributes: { http_request: { client_ip: clientIp, user_agent: userAgent } },
    instance_id: core.signer.key.kid,
    object: 'event',
    timestamp,
    type,
  };
}
