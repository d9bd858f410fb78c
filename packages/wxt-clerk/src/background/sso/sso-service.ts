import { MessageError, toMessageError } from '../../messages/message-error';
import type { UserSnapshot } from '../../messages/protocol';
import { isOver, type SsoAttempt, type SsoKind } from '../../shared/sso-attempt';
import type { Callback } from './callback';
import type { ProviderWindow } from './provider-window';
import type { SsoApi, SsoEnd } from './sso-api';

/**
 * Single sign-on. The background owns the attempt: a popup closes as soon as the provider's window opens, and the
 * background itself may be stopped while the person is there. What is known of it is in the session's storage, without
 * the nonce of the provider's answer.
 */
export interface SsoService {
  /** Opens the provider's page of an attempt that a page has begun. A newer attempt takes the place of an older one. */
  open(request: ProviderRequest): Promise<void>;
  /** Begins a sign-in, and opens the provider's page. @returns The attempt's id; its end is in the session's storage. */
  signInWith(strategy: string): Promise<{ attemptId: string }>;
  /** Takes what comes back. Anything that is not from the window of the present attempt changes nothing. */
  heard(callback: Callback): Promise<void>;
  /** A page has seen the window go: looks whether it has, and nothing comes back any more. */
  checkWindow(id: string): Promise<void>;
  /** The person signs out: what comes back from a window that is open now is nobody's any more. */
  abandon(): Promise<void>;
  /** The person has seen how it ended. */
  forget(id: string): Promise<void>;
  /** Goes on with what an earlier life of the background had begun to finish. */
  resume(): Promise<void>;
}

/** What a page knows of an attempt when it wants the provider's page. */
export interface ProviderRequest {
  id: string;
  kind: SsoKind;
  resourceId: string;
  url: string;
}

export interface SsoServiceDependencies {
  api: SsoApi;
  window: ProviderWindow;
  attempts: {
    read(): Promise<SsoAttempt | null>;
    write(attempt: SsoAttempt | null): Promise<void>;
  };
  callbackUrl: string;
  mayHearCallback(): Promise<boolean>;
  /** Asks who is signed in and publishes it. */
  refresh(): Promise<UserSnapshot | null>;
  /** Has `resume` called after a while, also if the background is stopped meanwhile. */
  scheduleResume(): Promise<void>;
}

export function createSsoService(dependencies: SsoServiceDependencies): SsoService {
  const { api, window, attempts, callbackUrl } = dependencies;
  const inTurn = createQueue();
  const { settle, finish, take, isTaken } = createFinish(dependencies, inTurn);

  const begin = (work: () => Promise<void>) =>
    inTurn(async () => {
      // Else the person would end on an error page, and nobody hear of it.
      if (!(await dependencies.mayHearCallback())) throw new MessageError('host-permission-missing');
      await work();
    });

  async function open({ id, kind, resourceId, url }: ProviderRequest): Promise<void> {
    const last = await attempts.read();
    if (last && !isOver(last)) await window.close(last.tabId);
    const tabId = await window.open();
    const attempt: SsoAttempt = { id, kind, resourceId, tabId, state: 'open' };
    await attempts.write(attempt);
    try {
      await window.load(tabId, url);
    } catch (error) {
      // Else an empty window is left, and an attempt that nothing can come back to.
      await window.close(tabId);
      await settle({ ...attempt, state: 'failed', error: toMessageError(error).code });
      throw error;
    }
  }

  /** @returns The attempt, if this is its callback and the first one. */
  async function claim({ tabId, url }: Callback): Promise<SsoAttempt | null> {
    const attempt = await attempts.read();
    if (attempt?.state !== 'open' || attempt.tabId !== tabId || !url.startsWith(callbackUrl)) return null;
    // Before it is written: `resume` must not take it for one that an earlier life has left.
    take(attempt);
    await attempts.write({ ...attempt, state: 'finishing' });
    return attempt;
  }

  return {
    open: (request) => begin(() => open(request)),
    async signInWith(strategy) {
      const id = crypto.randomUUID();
      await begin(async () => {
        const { resourceId, url } = await api.begin(strategy, callbackUrl);
        await open({ id, kind: 'sign-in', resourceId, url });
      });
      return { attemptId: id };
    },
    async heard(callback) {
      const attempt = await inTurn(() => claim(callback));
      if (!attempt) return;
      // At once: the address names nobody's page, and the browser would show an error.
      void window.close(attempt.tabId);
      const nonce = new URL(callback.url).searchParams.get('rotating_token_nonce');
      await finish(attempt, () => api.redeem(attempt, nonce));
    },
    ...createEndings(dependencies, inTurn, settle),
    async resume() {
      const attempt = await attempts.read();
      if (attempt?.state !== 'finishing' || isTaken(attempt)) return;
      take(attempt);
      // It may have been stopped before it closed the window; at the address there the browser shows an error.
      void window.close(attempt.tabId);
      // The nonce went with that life. If the server has taken it, it knows; else a second try of the person's works.
      await finish(attempt, () => api.ask(attempt));
    },
  };
}

/** How an attempt ends or is forgotten when no answer comes. */
function createEndings(
  { attempts, window }: SsoServiceDependencies,
  inTurn: Queue,
  settle: (ended: SsoAttempt) => Promise<void>,
): Pick<SsoService, 'checkWindow' | 'abandon' | 'forget'> {
  return {
    checkWindow: (id) =>
      inTurn(async () => {
        const attempt = await attempts.read();
        if (attempt?.id !== id || attempt.state !== 'open' || (await window.isOpen(attempt.tabId))) return;
        await settle({ ...attempt, state: 'closed' });
      }),
    abandon: () =>
      inTurn(async () => {
        const attempt = await attempts.read();
        if (attempt?.state !== 'open') return;
        await settle({ ...attempt, state: 'closed' });
        await window.close(attempt.tabId);
      }),
    forget: (id) =>
      inTurn(async () => {
        const attempt = await attempts.read();
        if (attempt?.id === id && isOver(attempt)) await attempts.write(null);
      }),
  };
}

/** How an attempt ends, once the provider's answer is there. */
function createFinish({ attempts, refresh, scheduleResume }: SsoServiceDependencies, inTurn: Queue) {
  let taken: string | null = null;

  /** Notes how an attempt ended, unless a newer one has taken its place. To be called in turn. */
  async function settle(ended: SsoAttempt): Promise<void> {
    if ((await attempts.read())?.id === ended.id) await attempts.write(ended);
  }

  /** Asks what the answer came to. What it throws is the storage's: then `resume` tries again. */
  async function finish(attempt: SsoAttempt, ask: () => Promise<SsoEnd>): Promise<void> {
    try {
      // If the background is stopped in here, nobody may come to wake it.
      await scheduleResume().catch(() => {});
      const ended = await endOf(attempt, ask).catch(
        (error): SsoAttempt => ({ ...attempt, state: 'failed', error: toMessageError(error).code }),
      );
      await inTurn(() => settle(ended));
    } finally {
      if (taken === attempt.id) taken = null;
    }
  }

  async function endOf(attempt: SsoAttempt, ask: () => Promise<SsoEnd>): Promise<SsoAttempt> {
    const { outcome, ...of } = await ask();
    // A sign-out may have overtaken it; a form that waits for the person would wait for ever.
    if (outcome === 'signed-in' && !(await refresh())) throw new MessageError('signed-out');
    return { ...attempt, ...of, state: outcome };
  }

  return {
    settle,
    finish,
    /** From here on this life of the background finishes the attempt. */
    take({ id }: SsoAttempt) {
      taken = id;
    },
    isTaken: ({ id }: SsoAttempt) => id === taken,
  };
}

type Queue = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** One after the other, so that each finds what the last one wrote. */
function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
}
