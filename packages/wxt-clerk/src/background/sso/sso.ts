import { MessageError, toMessageError } from '../../messages/message-error';
import type { UserSnapshot } from '../../messages/protocol';
import { isOver, type SsoAttempt, type SsoKind, type SsoState } from '../../shared/sso-attempt';
import type { Callback } from './callback';
import type { ProviderWindow } from './provider-window';
import type { SsoApi } from './sso-api';

/**
 * Single sign-on. The background owns the attempt: a popup closes as soon as the provider's window opens, and the
 * background itself may be stopped while the person is there. What is known of it is in the session's storage, without
 * the nonce of the provider's answer.
 */
export interface Sso {
  /** Opens the provider's page of an attempt that a page has begun. A newer attempt takes the place of an older one. */
  open(request: ProviderRequest): Promise<void>;
  /** Begins a sign-in, and opens the provider's page. @returns The attempt's id; its end is in the session's storage. */
  signInWith(strategy: string): Promise<{ attemptId: string }>;
  /** Takes what comes back. Anything that is not from the window of the present attempt changes nothing. */
  heard(callback: Callback): Promise<void>;
  /** A page has seen the window go: nothing comes back any more. */
  noteClosed(id: string): Promise<void>;
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

export interface SsoDependencies {
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

export function createSso(dependencies: SsoDependencies): Sso {
  const { api, window, attempts, callbackUrl } = dependencies;
  const inTurn = createQueue();
  const { settle, finish, finishing } = createFinish(dependencies);

  async function open({ id, kind, resourceId, url }: ProviderRequest): Promise<void> {
    // Without it the person would end on an error page, and nobody hear of it.
    if (!(await dependencies.mayHearCallback())) throw new MessageError('host-permission-missing');
    const last = await attempts.read();
    if (last && !isOver(last)) await window.close(last.tabId);
    const tabId = await window.open();
    await attempts.write({ id, kind, resourceId, tabId, state: 'open' });
    await window.load(tabId, url);
  }

  /** @returns The attempt, if this is its callback and the first one. */
  async function claim({ tabId, url }: Callback): Promise<SsoAttempt | null> {
    const attempt = await attempts.read();
    if (attempt?.state !== 'open' || attempt.tabId !== tabId || !url.startsWith(callbackUrl)) return null;
    await attempts.write({ ...attempt, state: 'finishing' });
    return attempt;
  }

  return {
    open: (request) => inTurn(() => open(request)),
    async signInWith(strategy) {
      const id = crypto.randomUUID();
      await inTurn(async () => {
        if (!(await dependencies.mayHearCallback())) throw new MessageError('host-permission-missing');
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
      await finish(attempt, new URL(callback.url).searchParams.get('rotating_token_nonce'));
    },
    noteClosed: (id) =>
      inTurn(async () => {
        const attempt = await attempts.read();
        if (attempt?.id !== id || attempt.state !== 'open' || (await window.isOpen(attempt.tabId))) return;
        await settle(attempt, 'closed');
      }),
    forget: (id) =>
      inTurn(async () => {
        const attempt = await attempts.read();
        if (attempt?.id === id && isOver(attempt)) await attempts.write(null);
      }),
    async resume() {
      const attempt = await attempts.read();
      if (attempt?.state !== 'finishing' || attempt.id === finishing()) return;
      // The nonce went with that life. If the server has taken it, it knows; else a second try of the person's works.
      await finish(attempt, null);
    },
  };
}

/** How an attempt ends, once the provider's answer is there. */
function createFinish({ api, attempts, refresh, scheduleResume }: SsoDependencies) {
  let finishing: string | null = null;

  /** Ends an attempt, unless a newer one has taken its place. */
  async function settle(attempt: SsoAttempt, state: SsoState, error?: MessageError): Promise<void> {
    const newest = await attempts.read();
    if (newest?.id !== attempt.id) return;
    await attempts.write({ ...attempt, state, ...(error && { error: error.code }) });
  }

  async function finish(attempt: SsoAttempt, nonce: string | null): Promise<void> {
    finishing = attempt.id;
    // If the background is stopped in here, nobody may come to wake it.
    await scheduleResume().catch(() => {});
    try {
      const outcome = await api.redeem(attempt, nonce);
      if (outcome === 'signed-in') await refresh();
      await settle(attempt, outcome);
    } catch (error) {
      await settle(attempt, 'failed', toMessageError(error));
    }
  }

  /** @returns Id of the attempt that this life of the background finishes, or has finished last. */
  return { settle, finish, finishing: () => finishing };
}

/** One after the other, so that each finds what the last one wrote. */
function createQueue(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
}
