import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A browser profile folder. */
export interface Profile {
  readonly path: string;
  /** Whether the folder goes when the browser is closed. */
  readonly isTemporary: boolean;
  /** Deletes the folder if it is a temporary one. */
  dispose(): Promise<void>;
}

/** Uses the given folder as a profile (it is kept), or makes a temporary one that also goes when Node exits early. */
export async function openProfile(userDataDir?: string): Promise<Profile> {
  if (userDataDir !== undefined) {
    const path = resolve(userDataDir);
    await mkdir(path, { recursive: true });
    return { path, isTemporary: false, dispose: async () => {} };
  }
  const path = await mkdtemp(join(tmpdir(), 'extension-browser-'));
  const removeAtExit = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', removeAtExit);
  return {
    path,
    isTemporary: true,
    dispose: async () => {
      process.off('exit', removeAtExit);
      // A dying browser writes for a moment longer, so removal is retried.
      await rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
