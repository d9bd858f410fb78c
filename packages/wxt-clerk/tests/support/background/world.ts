import type { AuthService } from '../../../src/background/auth-service';
import { type ErrorCode, toMessageError } from '../../../src/messages/message-error';
import type { UserSnapshot } from '../../../src/messages/protocol';
import { type Alarm, SHORTEST_ALARM_MINUTES } from '../../../src/shared/alarm';
import type { AuthState } from '../../../src/shared/auth-state';
import type { CredentialStore } from '../../../src/shared/credential-store';
import type { PublishableKey } from '../../../src/shared/publishable-key';
import type { WebAppConfig } from '../../../src/shared/web-app-config';
import { createDisk, type Disk } from './disk';
import { createFakeServer, type FakeServer } from './fake-server';
import { createFakeTime, type FakeTime, flush } from './fake-time';
import { type Life, startLife } from './life';
import { createNetwork, type Network } from './network';
import type { Person } from './people';
import { createWebApp, type FakeWebApp } from './web-app';

export interface WorldOptions {
  instanceType?: PublishableKey['instanceType'];
  /** How far the person's clock is ahead of the server's. */
  skewMs?: number;
  /** Time that each storage operation takes; by default none. */
  storageMs?: () => number;
  /** Has the extension its session from the web app, and what does a sign-out here end then? */
  syncsWith?: WebAppConfig['signOut'];
}

/** A browser with this extension, a person, and a Frontend API; only time and the person make anything happen. */
export interface World {
  time: FakeTime;
  server: FakeServer;
  network: Network;
  /** The web app in another tab of the browser. */
  webApp: FakeWebApp;
  disk: Disk;
  /** The background's auth service; started when nobody had woken it. */
  readonly auth: AuthService;
  /** The credential that pages and background send. */
  readonly credentials: CredentialStore;
  hasHostPermission: boolean;
  /** What a storage operation fails with, by its name; nothing by default. */
  storageFailure: (operation: string) => Error | undefined;
  /** How often the Clerk client was created, in all lives. */
  readonly clerksCreated: number;
  /** Every state that was published, first to last. */
  published: AuthState[];
  /** The names of all storage operations and requests of this life, in order. */
  readonly steps: string[];
  /** Stops the background right after the operation with this number, counted from 1 and from now. */
  stopAfterSteps(count: number): void;
  stopBackground(): void;
  /** Closes and opens the browser: the session memory is empty, and the background is told of the start. */
  restartBrowser(): void;
  /** Sets the network and, as the browser does, tells a living background when it is back. */
  setOnline(isOnline: boolean): void;
  /** What a page's Clerk does when a person signs in, up to the moment when it would tell the background. */
  signInOnPage(person: Person): UserSnapshot;
  /** This client is signed in by a link that is opened anywhere else: no page of ours sees it. */
  signInElsewhere(person: Person): UserSnapshot;
  /** A page has a link mailed that lives so long; the person may open it anywhere. */
  mailLink(livesMs: number): void;
  /** A sign-in to its end: the page tells the background, which asks the server. */
  signIn(person: Person): Promise<UserSnapshot>;
  /** Lets time pass until the work is done. @throws {Error} When that takes longer than `limitMs`. */
  run<T>(work: Promise<T>, limitMs?: number): Promise<T>;
  /** The code that the work fails with, as the router says it; `null` when it does not fail. */
  codeOf(work: Promise<unknown>, limitMs?: number): Promise<ErrorCode | null>;
}

// As in wake-ups.ts.
const RESUME_AFTER_START_MS = 1000;

/** A world in which nobody is signed in, and the background has not been started. */
export function createWorld(options: WorldOptions = {}): World {
  const { instanceType = 'production', skewMs, storageMs = () => 0, syncsWith } = options;
  const time = createFakeTime(skewMs);
  const server = createFakeServer();
  const network = createNetwork({ server, time, instanceType });
  const disk = createDisk();
  const published: AuthState[] = [];
  let life: Life | null = null;
  let clerksCreated = 0;
  const alarms: Partial<Record<Alarm, () => void>> = {};
  let linkExpiry = 0;

  function wake(): Life {
    if (life?.isAlive) return life;
    const started = startLife({
      time,
      disk,
      network,
      storageMs,
      syncsWith,
      storageFailure: (operation) => world.storageFailure(operation),
      hasHostPermission: () => world.hasHostPermission,
      setAlarm,
      linkExpiry: () => linkExpiry,
      onClerkCreated() {
        clerksCreated += 1;
      },
      onStored: keepPublished,
    });
    life = started;
    time.after(RESUME_AFTER_START_MS, () => resume(started));
    return started;
  }

  function keepPublished(): void {
    const { authState } = disk.memory;
    if (authState && authState.revision !== published.at(-1)?.revision)
      published.push(structuredClone(authState));
  }

  function resume({ isAlive, auth }: Life, alarm?: Alarm): void {
    if (isAlive) auth.resume(alarm).catch(() => {});
  }

  function setAlarm(alarm: Alarm, minutes: number): void {
    alarms[alarm]?.();
    alarms[alarm] = time.after(minutes * 60_000, () => resume(wake(), alarm));
  }

  const world: World = {
    time,
    server,
    network,
    webApp: createWebApp({
      server,
      disk,
      instanceType,
      now: time.now,
      onChanged: (changedAt) => void wake().auth.webAppChanged?.(changedAt),
    }),
    disk,
    published,
    hasHostPermission: true,
    storageFailure: () => undefined,
    get auth() {
      return wake().auth;
    },
    get credentials() {
      return wake().credentials;
    },
    get clerksCreated() {
      return clerksCreated;
    },
    get steps() {
      return wake().steps;
    },
    stopAfterSteps(count) {
      wake().stopAfterSteps(count);
    },
    stopBackground() {
      life?.stop();
    },
    restartBrowser() {
      world.stopBackground();
      disk.memory = {};
      linkExpiry = 0;
      disk.webAppSeen = undefined;
      published.length = 0;
      resume(wake());
    },
    setOnline(isOnline) {
      const isBack = isOnline && !network.isOnline;
      network.isOnline = isOnline;
      if (isBack && life) resume(life);
    },
    signInOnPage(person) {
      setAlarm('signIn', SHORTEST_ALARM_MINUTES);
      const { credential, user } = server.signIn(disk.credential, person);
      disk.credential = credential;
      return user;
    },
    signInElsewhere: (person) => server.signIn(disk.credential, person).user,
    mailLink(livesMs) {
      linkExpiry = time.createClock().wall() + livesMs;
      setAlarm('signIn', SHORTEST_ALARM_MINUTES);
    },
    async signIn(person) {
      const user = world.signInOnPage(person);
      await world.run(world.auth.refresh());
      return user;
    },
    async run(work, limitMs = 60_000) {
      let isDone = false;
      const done = () => {
        isDone = true;
      };
      work.then(done, done);
      const end = time.up() + limitMs;
      await flush();
      while (!isDone) {
        const ms = time.untilNext();
        if (time.up() + ms > end) throw new Error(`No answer within ${limitMs} ms.`);
        await time.advance(ms);
      }
      return work;
    },
    codeOf: (work, limitMs) =>
      world.run(
        work.then(
          () => null,
          (error) => toMessageError(error).code,
        ),
        limitMs,
      ),
  };
  return world;
}
