import { useState } from 'react';
import { type MessageError, toMessageError } from '../messages/message-error';

/** Something that a click asks of the background. */
export interface Request {
  /** It is under way: another one has to wait. */
  isBusy: boolean;
  /** Why the last one failed. */
  error: MessageError | null;
  /** @returns Whether it was done. */
  run: (request: () => Promise<unknown>) => Promise<boolean>;
  /** Asks the same again. */
  retry: () => void;
}

interface Asked {
  request: () => Promise<unknown>;
  error: MessageError | null;
  isBusy: boolean;
}

/** One thing at a time that is asked of the background. */
export function useRequest(): Request {
  const [asked, setAsked] = useState<Asked | null>(null);
  const run = async (request: () => Promise<unknown>) => {
    setAsked({ request, error: null, isBusy: true });
    try {
      await request();
      setAsked(null);
      return true;
    } catch (reason) {
      setAsked({ request, error: toMessageError(reason), isBusy: false });
      return false;
    }
  };
  return {
    isBusy: asked?.isBusy ?? false,
    error: asked?.error ?? null,
    run,
    retry: () => void (asked && run(asked.request)),
  };
}
