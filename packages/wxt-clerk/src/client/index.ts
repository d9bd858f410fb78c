import type { TokenOptions, UserSnapshot } from '../messages/protocol';
import { sendMessage } from '../messages/send-message';
import { authStore } from './auth-store';

export { fetchApi } from '../content/fetch-api';
export { type ErrorCode, MessageError, toMessageError } from '../messages/message-error';
export type {
  ApiOptions,
  ApiResponse,
  JsonValue,
  SessionTask,
  SessionToken,
  TokenOptions,
  UserSnapshot,
} from '../messages/protocol';
export { errorSentence, formatLocale, language } from '../shared/i18n';
export { decodeJwt, type JwtClaims } from '../shared/jwt';
export { displayName, initials } from '../shared/user-name';
export { signInWith } from './sign-in-with';

/**
 * A session token that is valid now, `null` when nobody is signed in or the person has a task left to do. It comes from
 * the background, which has it ready.
 *
 * @throws {MessageError} When there is no answer: `offline`, `unavailable`, `rate-limited` and others.
 */
export async function getToken(options: TokenOptions = {}): Promise<string | null> {
  return (await sendMessage('get-token', options))?.token ?? null;
}

/**
 * Who is signed in, `null` when nobody is. A person whose `status` is `pending` has a task left to do.
 *
 * @throws {MessageError} When there is no answer.
 */
export function getUser(): Promise<UserSnapshot | null> {
  return sendMessage('get-user');
}

/**
 * Ends every session of this extension, everywhere in it.
 *
 * @throws {MessageError} When the sign-in service was not told. Who is signed in stays so.
 */
export async function signOut(): Promise<void> {
  await sendMessage('sign-out');
}

/** Who is signed in, as `watchAuth` tells it. */
export type Auth =
  | { isSignedIn: true; user: UserSnapshot }
  /** `pending`: somebody who has a task left to do, which their `currentTask` names. */
  | { isSignedIn: false; user: null; pending?: UserSnapshot };

/**
 * Follows who is signed in: calls back with the state now, as soon as it is known, and with every change of it.
 *
 * @returns Stops the calls.
 */
export function watchAuth(onChange: (auth: Auth) => void): () => void {
  let told: UserSnapshot | null | undefined;
  const tell = () => {
    const { user, pending } = authStore.get();
    if (user === undefined || (user ?? pending) === told) return;
    told = user ?? pending;
    if (user) onChange({ isSignedIn: true, user });
    else onChange({ isSignedIn: false, user, ...(pending && { pending }) });
  };
  const stop = authStore.subscribe(tell);
  tell();
  return stop;
}
