import { useClerk } from '@clerk/chrome-extension';
import { useEffect, useRef, useState } from 'react';
import { sendMessage } from '../../messages/send-message';
import { reloadResources } from './align-session';
import { createRetry, type Retry } from './retry';

type Clerk = ReturnType<typeof useClerk>;

// Not in Clerk's types: the part of @clerk/react that loads Clerk, and does nothing when it is loaded (@clerk/react 6.18.0,
// isomorphicClerk.ts, getEntryChunks). It never rejects.
interface Loadable {
  getEntryChunks(): Promise<void>;
}

/** Whether Clerk has what it needs of the Frontend API, in a page in which it started without an answer. */
export interface Recovery {
  isWell: boolean;
  retry: () => void;
}

/**
 * Brings Clerk to life as soon as the Frontend API answers, where it started without: after a refusal it has failed
 * ("error"), without any answer it goes on with nothing ("degraded"), and tries neither again by itself (clerk-js 6.40.0,
 * core/clerk.ts, load).
 */
export function useRecovery(): Recovery {
  const clerk = useClerk();
  const { status } = clerk;
  const [isRecovered, setRecovered] = useState(false);
  const isWell = status === 'ready' || isRecovered;
  const retry = useRef<Retry | null>(null);

  useEffect(() => {
    if (isWell || status === 'loading') return;
    let isOver = false;
    const own = createRetry(async () => {
      const hasAnswer = await (status === 'error' ? load(clerk) : reload(clerk));
      if (isOver) return;
      if (hasAnswer) setRecovered(true);
      else own.later();
    });
    retry.current = own;
    own.later();
    return () => {
      isOver = true;
      own.end();
    };
  }, [clerk, status, isWell]);

  return { isWell, retry: () => retry.current?.now() };
}

async function load(clerk: Clerk): Promise<boolean> {
  // The refusal may be of a dead credential: the background finds out, and sets it aside.
  await sendMessage('session-changed').catch(() => {});
  await (clerk as unknown as Loadable).getEntryChunks();
  return clerk.status === 'ready';
}

function reload(clerk: Clerk): Promise<boolean> {
  return reloadResources(clerk).then(
    () => true,
    () => false,
  );
}
