import {
  type AuthService,
  type AuthServiceDependencies,
  createAuthService,
} from '../../../src/background/auth-service';
import { createCircuitBreaker } from '../../../src/background/circuit-breaker';
import type { ClerkClient } from '../../../src/background/clerk-script/clerk-client';
import { createRequests } from '../../../src/background/clerk-script/requests';
import { createOnce } from '../../../src/background/create-once';
import { createFrontendApi } from '../../../src/background/frontend-api';
import { createSyncedAuthService, type SyncedAuthService } from '../../../src/background/sync/synced-auth';
import type { Alarm } from '../../../src/shared/alarm';
import type { CredentialStore } from '../../../src/shared/credential-store';
import type { WebAppConfig } from '../../../src/shared/web-app-config';
import type { Disk } from './disk';
import type { FakeTime } from './fake-time';
import { type Network, never } from './network';
import { type Step, storesOf } from './stores';
import { syncPartsOf } from './web-app';

/** One life of the background, from its start until the browser stops it. */
export interface Life {
  readonly auth: AuthService & Partial<SyncedAuthService>;
  /** What its requests are sent with, and those of the pages. */
  readonly credentials: CredentialStore;
  /** The names of all storage operations and requests that have ended, in order. */
  readonly steps: string[];
  /** Nothing of this life begins any more, and nothing that it waits for comes back. */
  stop(): void;
  /** Stops right after so many more steps. */
  stopAfterSteps(count: number): void;
  readonly isAlive: boolean;
}

/** What a life finds in its browser. */
export interface Surroundings {
  time: FakeTime;
  disk: Disk;
  network: Network;
  storageMs(): number;
  storageFailure(operation: string): Error | undefined;
  hasHostPermission(): boolean;
  setAlarm(alarm: Alarm, minutes: number): void;
  /** Until when a link in a mail may sign somebody in, in Unix ms. */
  linkExpiry(): number;
  onClerkCreated(): void;
  /** What a sign-out here ends, where the web app's session is this extension's, too. */
  syncsWith: WebAppConfig['signOut'] | undefined;
  /** Something was stored. */
  onStored(): void;
}

/** Starts the background, put together as `start-clerk.ts` does. */
export function startLife(surroundings: Surroundings): Life {
  const { time, disk, network } = surroundings;
  const steps: string[] = [];
  let isAlive = true;
  let stopAt = Number.POSITIVE_INFINITY;

  function ended(name: string): void {
    steps.push(name);
    if (steps.length >= stopAt) isAlive = false;
  }

  const step: Step = async (name, effect) => {
    if (!isAlive) return never();
    const failure = surroundings.storageFailure(name);
    if (failure) throw failure;
    const result = effect();
    surroundings.onStored();
    ended(name);
    const ms = surroundings.storageMs();
    if (ms > 0) await new Promise<void>((resolve) => time.after(ms, resolve));
    return isAlive ? result : never();
  };

  const requesting = (clerk: ClerkClient): ClerkClient => ({
    async request(init) {
      if (!isAlive) return never();
      try {
        return await clerk.request(init);
      } finally {
        if (isAlive) ended('request');
        if (!isAlive) await never();
      }
    },
  });

  const stores = storesOf(disk, step);
  const { syncsWith } = surroundings;
  const sync = syncsWith && syncPartsOf(disk, step, { own: stores.credentials, signOut: syncsWith });
  const clock = time.createClock();
  const api = createFrontendApi({
    loadRequests: async () => createRequests,
    getClerk: createOnce(async () => {
      surroundings.onClerkCreated();
      return requesting(network.createClerk(sync?.credentials ?? stores.credentials));
    }),
    instanceType: network.instanceType,
    breaker: createCircuitBreaker(clock),
    clock,
    isOnline: () => network.isOnline,
    hasHostPermission: async () => surroundings.hasHostPermission(),
    createDeadline: time.createDeadline,
  });
  const setAlarm = (alarm: Alarm, minutes: number) =>
    step('alarm', () => surroundings.setAlarm(alarm, minutes));
  const linkExpiry = async () => surroundings.linkExpiry();
  const dependencies: AuthServiceDependencies = { ...stores, api, clock, linkExpiry, setAlarm };
  return {
    credentials: sync?.credentials ?? stores.credentials,
    auth: sync ? createSyncedAuthService(dependencies, sync) : createAuthService(dependencies),
    steps,
    stop() {
      isAlive = false;
    },
    stopAfterSteps(count) {
      stopAt = steps.length + count;
    },
    get isAlive() {
      return isAlive;
    },
  };
}
