import { browser } from 'wxt/browser';
import type { AuthState } from '../shared/auth-state';
import { stripsOrigin } from '../shared/config';
import { credentialStoreOf } from '../shared/credential-store';
import { personStoreOf } from '../shared/person-store';
import { frontendApiMatchPattern, type PublishableKey } from '../shared/publishable-key';
import { type AuthService, createAuthService } from './auth-service';
import { createCircuitBreaker } from './circuit-breaker';
import { systemClock } from './clock';
import { createFrontendApi } from './frontend-api';
import { loadClerkClient } from './load-clerk';
import { sessionMemory } from './session-memory';
import { createOnce } from './share-in-flight';
import { signOutStoreOf } from './sign-out-store';
import { stripOrigin } from './strip-origin';
import { scheduleRetry } from './wake-ups';

/**
 * Puts the auth service on the real browser: its storage, its clocks, its network.
 *
 * @param onPublished Told of every auth state as soon as our own pages can read it.
 */
export function createBackground(key: PublishableKey, onPublished: (state: AuthState) => void): AuthService {
  const clock = systemClock;
  const credentials = credentialStoreOf(key.frontendApi);
  const hostPermission = { origins: [frontendApiMatchPattern(key)] };
  const prepareRequests = createOnce(async () => {
    if (stripsOrigin) await stripOrigin(key);
  });
  // At every start, for the pages' requests too. A failure is tried again, and told, at the first request from here.
  void prepareRequests().catch(() => {});
  const api = createFrontendApi({
    getClerk: createOnce(async () => {
      await prepareRequests();
      return loadClerkClient(credentials);
    }),
    breaker: createCircuitBreaker(clock),
    clock,
    isOnline: () => navigator.onLine,
    hasHostPermission: () => browser.permissions.contains(hostPermission),
    createDeadline: (ms) => AbortSignal.timeout(ms),
  });
  return createAuthService({
    api,
    memory: {
      ...sessionMemory,
      async write(changes) {
        await sessionMemory.write(changes);
        if (changes.authState) onPublished(changes.authState);
      },
    },
    credentials,
    people: personStoreOf(key.frontendApi),
    signOuts: signOutStoreOf(key.frontendApi),
    clock,
    scheduleRetry,
  });
}
