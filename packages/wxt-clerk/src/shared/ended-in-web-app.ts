import { inTransaction, requested } from './database';
import type { WebAppClient } from './web-app';

/** What of the web app's is over for this extension, though its cookies may still tell of somebody. Not secret. */
export interface EndedInWebApp {
  /** The sessions that were signed out here. None: the server knew of nobody there. */
  sessionIds: string[];
  /** `changedAt` of the web app's client when it was known to be so; `null` when that is not known. */
  changedAt: number | null;
  /** Does the server have to be told of the sign-out? */
  isToTell: boolean;
  /** How often it was told in vain. */
  attempts: number;
}

/** Where it is kept, for pages and background. It outlives the browser. */
export interface EndedStore {
  read(): Promise<EndedInWebApp | null>;
  /** `null` when the web app's session counts again. */
  write(ended: EndedInWebApp | null): Promise<void>;
  /** Changes what is there; does nothing when there is nothing. */
  change(changes: Partial<Omit<EndedInWebApp, 'sessionIds'>>): Promise<void>;
}

/** @param frontendApi Host of the instance's Frontend API, with its port. */
export function endedStoreOf(frontendApi: string): EndedStore {
  // Among the sign-outs, whose own keys are UUIDs: one more store would need a newer database, and no way back from it.
  const key = `web-app ${frontendApi}`;
  return {
    read: () =>
      inTransaction(['sign-outs'], 'readonly', ({ 'sign-outs': signOuts }) => readFrom(signOuts, key)),
    write: (ended) =>
      inTransaction(['sign-outs'], 'readwrite', ({ 'sign-outs': signOuts }) => {
        if (ended) signOuts.put(ended, key);
        else signOuts.delete(key);
      }),
    change: (changes) =>
      inTransaction(['sign-outs'], 'readwrite', async ({ 'sign-outs': signOuts }) => {
        const ended = await readFrom(signOuts, key);
        if (ended) signOuts.put({ ...ended, ...changes }, key);
      }),
  };
}

async function readFrom(signOuts: IDBObjectStore, key: string): Promise<EndedInWebApp | null> {
  return (await requested<EndedInWebApp | undefined>(signOuts.get(key))) ?? null;
}

/** Is what the web app's cookies tell of over for this extension? */
export function isOver(ended: EndedInWebApp | null, client: WebAppClient): boolean {
  if (!ended) return false;
  // Which session the cookie leads to only the server knows; it is asked when the web app's client changes.
  return ended.sessionIds.length > 0 || ended.changedAt === client.changedAt;
}
