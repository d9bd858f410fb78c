import type { Core } from '../core.ts';
import { lastActiveSession } from '../flows/sessions.ts';
import { type Client, currentAttempt } from '../state/clients.ts';
import { sessionJson } from './session.ts';
import { signInJson } from './sign-in.ts';
import { signUpJson } from './sign-up.ts';

/**
 * A client with its active sessions and its pending attempts in full: a popup that was closed at the code step resumes
 * from them.
 */
export async function clientJson(core: Core, client: Client, origin: string | null) {
  const sessions = core.sessions.activeOfClient(client.id);
  const signIn = currentAttempt(client.signIn, core.now());
  const signUp = currentAttempt(client.signUp, core.now());
  return {
    object: 'client',
    id: client.id,
    sessions: await Promise.all(sessions.map((session) => sessionJson(core, session, origin))),
    sign_in: signIn && signInJson(core, signIn),
    sign_up: signUp && signUpJson(core, signUp),
    last_active_session_id: lastActiveSession(core, client)?.id ?? null,
    last_authentication_strategy: client.lastAuthenticationStrategy,
    // A date less than 8 days away would turn every sign-out into a top-level navigation to this server.
    cookie_expires_at: null,
    captcha_bypass: false,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  };
}
