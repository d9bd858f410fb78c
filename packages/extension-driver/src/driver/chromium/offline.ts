import type { Browser, CDPSession, Connection, Protocol } from 'puppeteer-core';

const NO_NETWORK = { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
const AUTO_ATTACH = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
const ALL_BUT_WORKERS = [{ type: 'service_worker', exclude: true }, { type: 'tab', exclude: true }, {}];

/**
 * The time during which every page and service worker is offline, and each new one before its first request. Chromium
 * has no switch for the whole browser: the conditions belong to a CDP session per target and last as long as that
 * session. A worker does not stop by itself meanwhile.
 */
export class Outage {
  readonly #root: CDPSession;
  readonly #connection: Connection;
  readonly #workers = new Set<CDPSession>();
  readonly #pending: Promise<void>[] = [];

  static async start(browser: Browser): Promise<Outage> {
    const root = await browser.target().createCDPSession();
    const connection = root.connection();
    if (connection === undefined) throw new Error('The connection to Chromium is closed.');
    const outage = new Outage(root, connection);
    await outage.#begin();
    return outage;
  }

  constructor(root: CDPSession, connection: Connection) {
    this.#root = root;
    this.#connection = connection;
  }

  /** Lets go of all service workers: closing one with a network session attached crashes Chromium 156. */
  async releaseWorkers(): Promise<void> {
    const sessions = [...this.#workers];
    this.#workers.clear();
    await Promise.all(sessions.map((session) => leave(session, this.#connection).catch(ignoreGone)));
  }

  async end(): Promise<void> {
    this.#connection.off('Target.targetCreated', this.#onTargetCreated);
    this.#connection.off('sessionattached', this.#onSessionAttached);
    await this.releaseWorkers();
    await this.#root.detach();
  }

  async #begin(): Promise<void> {
    this.#connection.on('sessionattached', this.#onSessionAttached);
    this.#connection.on('Target.targetCreated', this.#onTargetCreated);
    this.#root.on('Target.attachedToTarget', ({ sessionId }) => {
      const session = this.#connection.session(sessionId);
      if (session) this.#pending.push(cutNetwork(session));
    });
    const { targetInfos } = await this.#root.send('Target.getTargets');
    for (const targetInfo of targetInfos) this.#onTargetCreated({ targetInfo });
    await this.#root.send('Target.setAutoAttach', { ...AUTO_ATTACH, filter: ALL_BUT_WORKERS });
    await Promise.all(this.#pending);
  }

  readonly #onTargetCreated = ({ targetInfo }: Protocol.Target.TargetCreatedEvent) => {
    if (targetInfo.type === 'service_worker')
      this.#pending.push(this.#cutWorker(targetInfo).catch(ignoreGone));
  };

  // Puppeteer resumes and leaves every worker it was attached to by itself, and the worker would get its first request
  // out. It keeps its hands off those for which a session is being created.
  async #cutWorker(targetInfo: Protocol.Target.TargetInfo): Promise<void> {
    const session = await this.#connection.createSession(targetInfo);
    this.#workers.add(session);
    await cutNetwork(session);
  }

  /** Remembers the sessions that puppeteer now keeps, to leave them as well. */
  readonly #onSessionAttached = (session: CDPSession) => {
    const remember = async () => {
      const { targetInfo } = await session.send('Target.getTargetInfo');
      if (targetInfo.type === 'service_worker') this.#workers.add(session);
    };
    this.#pending.push(remember().catch(ignoreGone));
  };
}

/** A session that a page's session opened is unknown to the connection; puppeteer keeps the parent out of its types. */
async function leave(session: CDPSession, connection: Connection): Promise<void> {
  const parent = (session as CDPSession & { parentSession(): CDPSession }).parentSession();
  const owner = parent === session ? connection : parent;
  await owner.send('Target.detachFromTarget', { sessionId: session.id() });
}

/** One command after the other: sent at once, the conditions of a new worker often have no effect. */
async function cutNetwork(session: CDPSession): Promise<void> {
  await session.send('Network.enable').catch(ignoreGone);
  await session.send('Network.emulateNetworkConditions', NO_NETWORK).catch(ignoreGone);
  await session.send('Runtime.runIfWaitingForDebugger').catch(ignoreGone);
}

/** A target without a network domain, or one that ended meanwhile, has nothing to cut. */
function ignoreGone(): void {}
