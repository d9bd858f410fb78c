import { setImmediate as macrotask } from 'node:timers/promises';
import { runnerImport } from 'vite';
import { PROJECT_ROOT } from '../../extension-build.ts';
import { createFigure, type Figure } from '../figure.ts';

type AuthServiceModule = typeof import('../../../packages/wxt-clerk/src/background/auth-service.ts');
type KeptPersonModule =
  typeof import('../../../packages/wxt-clerk/src/background/clerk-script/kept-person.ts');
type Dependencies = Parameters<AuthServiceModule['createAuthService']>[0];

const SECONDS = 3600;
const TOKEN_LIFETIME_SECONDS = 60;
const START_MS = Date.UTC(2026, 0, 1);
const ASKED_ONCE_MS = 80;

/**
 * The background's own auth service in Node, on a clock that is moved by hand: one `get-token` a second for an hour,
 * tokens of 60 s, a Frontend API that answers 80 ms after it was asked.
 */
export async function simulateHour(): Promise<Figure[]> {
  const { createAuthService } = await load<AuthServiceModule>('background/auth-service.ts');
  const { keptPersonOf } = await load<KeptPersonModule>('background/clerk-script/kept-person.ts');
  const world = createWorld(
    keptPersonOf({ userId: 'user_1', sessionId: 'sess_1', firstName: 'Ada', lastName: 'Lovelace' }),
  );
  const auth = createAuthService(world.dependencies);

  let waited = 0;
  for (let second = 0; second < SECONDS; second += 1) {
    world.moveTo(second * 1000);
    let isAnswered = false;
    const asked = auth.getToken({}).then((token) => {
      if (token === null) throw new Error('The simulated hour has somebody signed in, but got no token.');
      isAnswered = true;
    });
    await macrotask();
    if (!isAnswered && second > 0) waited += 1;
    world.moveTo(second * 1000 + ASKED_ONCE_MS);
    world.answerRequests();
    await asked;
  }
  return [
    createFigure({
      id: 'hour-requests',
      name: 'token requests in an hour at one get-token a second (simulated)',
      unit: 'requests',
      ours: [world.requests()],
      goal: { kind: 'at-most', value: 92 },
    }),
    createFigure({
      id: 'hour-waits',
      name: 'asks of that hour, after the first, that waited for the Frontend API',
      unit: 'asks',
      ours: [waited],
      goal: { kind: 'at-most', value: 0 },
    }),
  ];
}

async function load<Module>(path: string): Promise<Module> {
  const { module } = await runnerImport<Module>(`./packages/wxt-clerk/src/${path}`, {
    root: PROJECT_ROOT,
    configFile: false,
    logLevel: 'error',
  });
  return module;
}

/** Everything around the auth service, with somebody signed in. */
function createWorld(kept: ReturnType<KeptPersonModule['keptPersonOf']>) {
  let now = 0;
  let requests = 0;
  let answers: (() => void)[] = [];
  const memory = { authState: { revision: 1, ...kept }, sessionIds: ['sess_1'] };
  const unused = () => Promise.reject(new Error('The simulated hour does not sign out.'));

  const dependencies: Dependencies = {
    clock: { wall: () => START_MS + now, monotonic: () => now, wait: unused },
    api: {
      fetchSignedIn: async () => ({ ...kept, sessionIds: ['sess_1'] }),
      askWhoIsBehind: unused,
      askWhoIsSignedIn: async () => ({ ...kept, sessionIds: ['sess_1'] }),
      endNamedSessions: unused,
      fetchToken: () => {
        requests += 1;
        const token = mintToken(START_MS + now);
        return new Promise((resolve) => answers.push(() => resolve(token)));
      },
      endSessions: unused,
      endSession: unused,
      touchSession: unused,
      chooseSession: unused,
      fetchMemberships: unused,
      checkAuthorization: unused,
      tellSignOuts: unused,
    },
    memory: { read: async () => memory, write: async (changes) => void Object.assign(memory, changes) },
    credentials: { read: async () => 'client-credential', replace: async () => true, setAside: unused },
    users: { read: async () => kept, write: async () => {} },
    signOuts: {
      list: async () => [],
      begin: unused,
      beginOne: unused,
      sealCredential: unused,
      unseal: unused,
      countAttempt: unused,
      finish: unused,
    },
    linkExpiry: async () => 0,
    setAlarm: async () => {},
  };
  return {
    dependencies,
    requests: () => requests,
    moveTo: (ms: number) => {
      now = ms;
    },
    answerRequests: () => {
      const due = answers;
      answers = [];
      for (const answer of due) answer();
    },
  };
}

function mintToken(unixMs: number) {
  const issuedAt = Math.floor(unixMs / 1000) * 1000;
  const lifetimeMs = TOKEN_LIFETIME_SECONDS * 1000;
  return {
    token: `token ${unixMs}`,
    expiresAt: issuedAt + lifetimeMs,
    lifetimeMs,
    hasOtherRights: false,
    isElsewhere: false,
  };
}
