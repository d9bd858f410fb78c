import { emulator } from 'clerk-emulator/vitest';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Person, signIn } from './people.ts';
import { type ApiServer, environmentFor, startApi, temporaryFolder } from './server.ts';

/** The running server of this file, and the seeded user, signed in anew for each test. */
export let api: ApiServer;
export let person: Person;

/** The file that it keeps its notes in. */
export let database: string;

/** Starts a server that trusts the emulator of the file. @param more What differs in its environment. */
export function withApi(more: () => Record<string, string | undefined> = () => ({})): void {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = `${folder.path}/notes.sqlite`;
    api = await startApi({ ...environmentFor(emulator), DATABASE: database, ...more() });
  });
  afterAll(async () => {
    await api?.stop();
    await folder?.remove();
  });
  beforeEach(async () => {
    person = await signIn(emulator);
  });
}

/** Another server on the same file, in the place of the one before. */
export async function startAgain(more: Record<string, string> = {}): Promise<void> {
  api = await startApi({ ...environmentFor(emulator), DATABASE: database, ...more });
}
