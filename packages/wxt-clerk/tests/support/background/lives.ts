import { expect } from 'vitest';
import type { Person } from './people';
import type { Witness } from './witness';
import { createWorld, type World, type WorldOptions } from './world';

/** Signs in as a page does: it shows the form only when nobody is signed in. The server must be reachable. */
export async function signIn(world: World, witness: Witness, person: Person): Promise<void> {
  const shown = await world.run(world.auth.getUser().catch(() => 'an error'));
  if (shown !== null) return;
  // Nobody types faster: what is done in the background without the server is done by then.
  await world.time.advance(1000);
  // The page's own Clerk finds a session that the background does not know of.
  const isSignedInOnPage = witness.sessions().some(({ sessionId }) => isOfStoredClient(world, sessionId));
  if (!isSignedInOnPage) witness.signedIn(world.signInOnPage(person));
  witness.refresh();
}

function isOfStoredClient({ server, disk }: World, sessionId: string): boolean {
  return server.isActive(sessionId) && server.clientOf(sessionId) === disk.credential?.split('.')[0];
}

/** One thing that happens in a life, and how long nothing happens after it, in ms. */
export interface LifeStep<Command> {
  command: Command;
  thenMs: number;
}

/** Does one thing after the other. @throws When the witness has seen what must never be. */
export async function live<Command>(
  steps: readonly LifeStep<Command>[],
  { world, witness }: { world: World; witness: { faults: readonly string[] } },
  perform: (command: Command) => unknown,
): Promise<void> {
  for (const { command, thenMs } of steps) {
    await perform(command);
    await world.time.advance(thenMs);
    expect(witness.faults).toEqual([]);
  }
}

/** A world whose storage, and whether whose server gives out new credentials, are up to chance. */
export function worldOfChance({ seed, latencyMs, instanceType }: Chance): World {
  const chance = chanceOf(seed);
  const world = createWorld({ instanceType, storageMs: () => Math.floor(chance() * 6) });
  world.network.latencyMs = latencyMs;
  world.server.isRotating = seed % 2 === 0;
  return world;
}

interface Chance extends Required<Pick<WorldOptions, 'instanceType'>> {
  seed: number;
  /** Of each request. */
  latencyMs: number;
}

/** A small seeded source of chance, so that a failure can be run again. */
export function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
