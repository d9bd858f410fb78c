import type { Core } from '../../core.ts';
import { deviceSessionJson } from '../../resources/session.ts';
import type { Session } from '../../state/sessions.ts';

/** A session as the app's server sees it: whose it is, and no token. */
export function backendSessionJson(core: Core, session: Session) {
  const { user: _, factor_verification_age: __, ...shared } = deviceSessionJson(core, session);
  return { ...shared, user_id: session.userId, client_id: session.clientId };
}
