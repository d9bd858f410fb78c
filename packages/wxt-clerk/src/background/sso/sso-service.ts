import { MessageError, toMessageError } from '../../messages/message-error';
import type { UserSnapshot } from '../../messages/protocol';
import { isOver, NO_TAB, type SsoAttempt, type SsoKind } from '../../shared/sso-attempt';
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
  signInWith(wanted: { strategy: string }): Promise<{ attemptId: string }>;
  /** Takes what comes back. Anything that is not from the window of the present attempt changes nothing. */
  heard(callback: Callback): Promise<void>;
  /** A page has seen the window go: looks whether it has, and nothing comes back any more. */
  checkWindow(attempt: Pick<SsoAttempt, 'id'>): Promise<void>;
  /** The person signs out: what comes back from a window that is open now is nobody's any more. */
  abandon(): Promise<void>;
  /** The person has seen how it ended. */
  forget(attempt: Pick<SsoAttempt, 'id'>): Promise<void>;
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
  const change = createChange(attempts);
  const { take, finish } = createFinish(dependencies, change);
  const { endUnopened, ...endings } = createEndings(dependencies, change);

  const begin = (ask: () => Promise<ProviderRequest>) =>
    change(async (last) => {
      // Else the person would end on an error page, and nobody hear of it.
      if (!(await dependencies.mayHearCallback())) throw new MessageError('host-permission-missing');
      const { url, ...begun } = await ask();
      if (last && !isOver(last)) await window.close(last.tabId);
      return open({ ...begun, tabId: NO_TAB, state: 'opening' }, url);
    });

  /** Notes each step: if the background is stopped at one, its next life closes the window. */
  async function open(attempt: SsoAttempt, url: string): Promise<SsoAttempt> {
    await attempts.write(attempt);
    try {
      attempt.tabId = await window.open();
      await attempts.write(attempt);
      await window.load(attempt.tabId, url);
    } catch (error) {
      await window.close(attempt.tabId);
      await attempts.write(failed(attempt, error));
      throw error;
    }
    return { ...attempt, state: 'open' };
  }

  return {
    async open(request) {
      await begin(async () => request);
    },
    async signInWith({ strategy }) {
      const id = crypto.randomUUID();
      await begin(async () => ({ id, kind: 'sign-in', ...(await api.begin(strategy, callbackUrl)) }));
      return { attemptId: id };
    },
    async heard({ tabId, url }) {
      const attempt = await change((open) => {
        if (open?.state !== 'open' || open.tabId !== tabId || !url.startsWith(callbackUrl)) return;
        // Before it is noted: `resume` must not take it for one that an earlier life has left.
        take(open);
        return { ...open, state: 'finishing' };
      });
      if (!attempt) return;
      const nonce = new URL(url).searchParams.get('rotating_token_nonce');
      await finish(attempt, () => api.redeem(attempt, nonce));
    },
    ...endings,
    async resume() {
      await endUnopened();
      const attempt = await attempts.read();
      // The nonce went with that life. If the server has taken it, it knows; else a second try of the person's works.
      if (attempt?.state === 'finishing' && take(attempt)) await finish(attempt, () => api.ask(attempt));
    },
  };
}

/** How an attempt ends or is forgotten when no answer comes. */
function createEndings({ window }: SsoServiceDependencies, change: Change) {
  async function close(end: (attempt: SsoAttempt) => SsoAttempt | undefined): Promise<void> {
    const ended = await change((attempt) => (attempt ? end(attempt) : undefined));
    if (ended) await window.close(ended.tabId);
  }

  return {
    /** In turn, so that it is none that this life of the background is opening. */
    endUnopened: () =>
      close((attempt) =>
        attempt.state === 'opening' ? failed(attempt, new MessageError('background-stopped')) : undefined,
      ),
    abandon: () =>
      close((attempt) =>
        isOver(attempt) || attempt.state === 'finishing' ? undefined : { ...attempt, state: 'closed' },
      ),
    async checkWindow({ id }: Pick<SsoAttempt, 'id'>) {
      await change(async (attempt) => {
        if (attempt?.id !== id || attempt.state !== 'open' || (await window.isOpen(attempt.tabId))) return;
        return { ...attempt, state: 'closed' };
      });
    },
    async forget({ id }: Pick<SsoAttempt, 'id'>) {
      await change((attempt) => (attempt?.id === id && isOver(attempt) ? null : undefined));
    },
  };
}

/** How an attempt ends, once the provider's answer is there. */
function createFinish({ window, refresh, scheduleResume }: SsoServiceDependencies, change: Change) {
  let taken: string | null = null;

  /** Asks what the answer came to. What it throws is the storage's: then `resume` tries again. */
  async function finish(attempt: SsoAttempt, ask: () => Promise<SsoEnd>): Promise<void> {
    // At once: the address there names nobody's page, and the browser would show an error.
    void window.close(attempt.tabId);
    try {
      // If the background is stopped in here, nobody may come to wake it.
      await scheduleResume().catch(() => {});
      const ended = await endOf(attempt, ask).catch((error) => failed(attempt, error));
      // A newer one may have taken its place.
      await change((present) => (present?.id === ended.id ? ended : undefined));
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
    finish,
    /** From here on this life of the background finishes the attempt. @returns Whether it did not already. */
    take({ id }: SsoAttempt): boolean {
      if (taken === id) return false;
      taken = id;
      return true;
    },
  };
}

function failed(attempt: SsoAttempt, error: unknown): SsoAttempt {
  return { ...attempt, state: 'failed', error: toMessageError(error).code };
}

type Next = SsoAttempt | null | undefined;

/** Notes what is made of the present attempt, `undefined` for no change. @returns What was noted. */
type Change = (make: (present: SsoAttempt | null) => Next | Promise<Next>) => Promise<Next>;

/** One change after the other, so that each finds what the last one wrote. */
function createChange({ read, write }: SsoServiceDependencies['attempts']): Change {
  let last: Promise<unknown> = Promise.resolve();
  return (make) => {
    const changed = last.then(async () => {
      const next = await make(await read());
      if (next !== undefined) await write(next);
      return next;
    });
    last = changed.catch(() => {});
    return changed;
  };
}
