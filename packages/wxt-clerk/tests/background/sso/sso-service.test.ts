// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SsoEnd, SsoOutcome } from '../../../src/background/sso/sso-api';
import {
  createSsoService,
  type SsoService,
  type SsoServiceDependencies,
} from '../../../src/background/sso/sso-service';
import { MessageError } from '../../../src/messages/message-error';
import type { UserSnapshot } from '../../../src/messages/protocol';
import { NO_TAB, type SsoAttempt, type SsoState } from '../../../src/shared/sso-attempt';

const CALLBACK = 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/';
const EMPTY = 'chrome-extension://id/empty.html';
const PROVIDER = 'https://accounts.example.com/authorize';
const ANSWER = `${CALLBACK}?__clerk_status=completed&rotating_token_nonce=nonce_1`;

const ADA = { userId: 'user_1', sessionId: 'sess_1' } as UserSnapshot;
const FIRST = { id: 'attempt_1', kind: 'sign-in', resourceId: 'sia_1', url: PROVIDER } as const;
const SECOND = { ...FIRST, id: 'attempt_2', resourceId: 'sia_2' } as const;

const endOf = (outcome: SsoOutcome): SsoEnd => ({ outcome });

/** The session's storage and the browser's windows, which outlive the background. */
let attempt: SsoAttempt | null;
let written: (SsoAttempt | null)[];
let tabs: Map<number, string>;
let mayHear: boolean;
let timesLookedUp: number;
let beforeWrite: (next: SsoAttempt | null) => Promise<void>;
let afterOpen: () => Promise<void>;
let beforeLoad: () => Promise<void>;
let redeem: ReturnType<typeof vi.fn<SsoServiceDependencies['api']['redeem']>>;
let ask: ReturnType<typeof vi.fn<SsoServiceDependencies['api']['ask']>>;
let refresh: ReturnType<typeof vi.fn<SsoServiceDependencies['refresh']>>;
let scheduleResume: ReturnType<typeof vi.fn<() => Promise<void>>>;
let sso: SsoService;

beforeEach(() => {
  attempt = null;
  written = [];
  tabs = new Map();
  mayHear = true;
  timesLookedUp = 0;
  beforeWrite = async () => {};
  afterOpen = async () => {};
  beforeLoad = async () => {};
  redeem = vi.fn(async () => endOf('signed-in'));
  ask = vi.fn(async () => endOf('signed-in'));
  refresh = vi.fn(async () => ADA);
  scheduleResume = vi.fn(async () => {});
  sso = startBackground();
});

function startBackground(): SsoService {
  let nextTab = 100 + tabs.size;
  return createSsoService({
    api: { begin: async () => ({ resourceId: 'sia_3', url: PROVIDER }), redeem, ask },
    window: {
      async open() {
        nextTab += 1;
        tabs.set(nextTab, EMPTY);
        await afterOpen();
        return nextTab;
      },
      async load(tabId, url) {
        await beforeLoad();
        tabs.set(tabId, url);
      },
      isOpen: async (tabId) => tabs.has(tabId),
      async close(tabId) {
        for (const [id, url] of tabs)
          if (id === tabId || (tabId === NO_TAB && url === EMPTY)) tabs.delete(id);
      },
    },
    attempts: {
      read: async () => structuredClone(attempt),
      async write(next) {
        await beforeWrite(next);
        attempt = next;
        written.push(next);
      },
    },
    callbackUrl: CALLBACK,
    mayHearCallback: async () => {
      timesLookedUp += 1;
      return mayHear;
    },
    refresh,
    scheduleResume,
  });
}

const tabOf = () => attempt?.tabId ?? -1;
const states = () => written.map((each) => each?.state ?? null);
const comeBack = (url = ANSWER, tabId = tabOf()) => sso.heard({ tabId, url });

describe('an attempt', () => {
  test('is noted before the provider’s page is loaded, and closes its window when it comes back', async () => {
    await sso.open(FIRST);
    expect(attempt).toEqual({
      id: 'attempt_1',
      kind: 'sign-in',
      resourceId: 'sia_1',
      tabId: tabOf(),
      state: 'open',
    });
    expect([...tabs.values()]).toEqual([PROVIDER]);
    await comeBack();
    expect(tabs.size).toBe(0);
  });

  test.each<[SsoOutcome, number]>([
    ['signed-in', 1],
    ['connected', 0],
    ['more-to-do', 0],
    ['refused', 0],
  ])('ends as %s', async (outcome, refreshes) => {
    redeem.mockResolvedValue(endOf(outcome));
    await sso.open(FIRST);
    await comeBack();
    expect(states()).toEqual(['opening', 'opening', 'open', 'finishing', outcome]);
    expect(refresh).toHaveBeenCalledTimes(refreshes);
  });

  test('redeems the nonce once, however often the address is loaded', async () => {
    await sso.open(FIRST);
    const tabId = tabOf();
    await Promise.all([comeBack(), comeBack(), comeBack(ANSWER, tabId)]);
    await comeBack(ANSWER, tabId);
    expect(redeem.mock.calls.map(([, nonce]) => nonce)).toEqual(['nonce_1']);
  });

  test('keeps neither the nonce nor an address', async () => {
    await sso.open(FIRST);
    await comeBack();
    expect(JSON.stringify(written)).not.toMatch(/nonce|https:/);
  });

  test.each(['offline', 'unavailable', 'rate-limited'] as const)('that ends %s says so', async (code) => {
    redeem.mockRejectedValue(new MessageError(code));
    await sso.open(FIRST);
    await comeBack();
    expect(attempt).toMatchObject({ state: 'failed', error: code });
  });

  test('does not begin where nobody would hear of its answer', async () => {
    mayHear = false;
    await expect(sso.open(FIRST)).rejects.toMatchObject({ code: 'host-permission-missing' });
    await expect(sso.signInWith({ strategy: 'oauth_google' })).rejects.toMatchObject({
      code: 'host-permission-missing',
    });
    expect([tabs.size, written]).toEqual([0, []]);
  });

  test('that was handed over to a sign-up is one from there on: its form has what is left to do', async () => {
    redeem.mockResolvedValue({ kind: 'sign-up', resourceId: 'sua_1', outcome: 'more-to-do' });
    await sso.open(FIRST);
    await comeBack();
    expect(attempt).toMatchObject({ kind: 'sign-up', resourceId: 'sua_1', state: 'more-to-do' });
  });

  test('that signed nobody in, because a sign-out overtook it, does not say that it did', async () => {
    refresh.mockResolvedValue(null);
    await sso.open(FIRST);
    await comeBack();
    expect(attempt).toMatchObject({ state: 'failed', error: 'signed-out' });
  });

  test('whose page cannot be loaded leaves no empty window, and is over', async () => {
    beforeLoad = async () => {
      throw new Error('Invalid url');
    };
    await expect(sso.open(FIRST)).rejects.toThrow();
    expect([tabs.size, attempt?.state]).toEqual([0, 'failed']);
  });

  test('is begun without Clerk’s form', async () => {
    const { attemptId } = await sso.signInWith({ strategy: 'oauth_google' });
    expect(attempt).toMatchObject({ id: attemptId, kind: 'sign-in', resourceId: 'sia_3', state: 'open' });
    expect(timesLookedUp).toBe(1);
  });
});

describe('what is none of ours', () => {
  test.each([
    ['a callback without an attempt', async () => sso.heard({ tabId: 1, url: ANSWER })],
    [
      'a callback in another tab',
      async () => {
        await sso.open(FIRST);
        await comeBack(ANSWER, tabOf() + 1);
      },
    ],
    [
      'an address of another host',
      async () => {
        await sso.open(FIRST);
        await comeBack('https://evil.example/?rotating_token_nonce=nonce_1');
      },
    ],
    [
      'a callback after the end',
      async () => {
        attempt = { ...FIRST, tabId: 7, state: 'closed' };
        await comeBack();
      },
    ],
  ])('%s changes nothing', async (_, happen) => {
    await happen();
    expect(redeem).not.toHaveBeenCalled();
    expect(states()).not.toContain('finishing');
  });
});

describe('of two attempts', () => {
  test('the newer one wins, and the older one’s window goes', async () => {
    await sso.open(FIRST);
    const older = tabOf();
    await sso.open(SECOND);
    expect(tabs.has(older)).toBe(false);
    await comeBack(ANSWER, older);
    expect(redeem).not.toHaveBeenCalled();
    await comeBack();
    expect(attempt).toMatchObject({ id: 'attempt_2', state: 'signed-in' });
  });

  test('the older one’s end says nothing of the newer one', async () => {
    let answer: (end: SsoEnd) => void = () => {};
    redeem.mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    await sso.open(FIRST);
    const finished = comeBack();
    await vi.waitUntil(() => redeem.mock.calls.length === 1);
    await sso.open(SECOND);
    answer(endOf('refused'));
    await finished;
    expect(attempt).toMatchObject({ id: 'attempt_2', state: 'open' });
  });
});

test('the older one’s end does not take the place of a newer one that is noted at the same moment', async () => {
  let mayWrite = () => {};
  const isHeld = new Promise<void>((resolve) => {
    mayWrite = resolve;
  });
  let isEnding = false;
  beforeWrite = async (next) => {
    if (next?.state !== 'signed-in') return;
    isEnding = true;
    await isHeld;
  };
  await sso.open(FIRST);
  const finished = comeBack();
  await vi.waitUntil(() => isEnding);
  const opened = sso.open(SECOND);
  await new Promise((resolve) => setTimeout(resolve, 10));
  mayWrite();
  await Promise.all([finished, opened]);
  expect(attempt).toMatchObject({ id: 'attempt_2', state: 'open' });
});

describe('a window that is closed', () => {
  test('ends its attempt', async () => {
    await sso.open(FIRST);
    tabs.clear();
    await sso.checkWindow({ id: 'attempt_1' });
    expect(attempt?.state).toBe('closed');
  });

  test.each<[string, string, SsoState]>([
    ['that is still there', 'attempt_1', 'open'],
    ['of another attempt', 'attempt_0', 'open'],
  ])('%s ends nothing', async (_, id, state) => {
    await sso.open(FIRST);
    if (id !== 'attempt_1') tabs.clear();
    await sso.checkWindow({ id });
    expect(attempt?.state).toBe(state);
  });

  test('ends nothing that has come back', async () => {
    redeem.mockReturnValue(new Promise(() => {}));
    await sso.open(FIRST);
    void comeBack();
    await vi.waitUntil(() => attempt?.state === 'finishing');
    await sso.checkWindow({ id: 'attempt_1' });
    expect(attempt?.state).toBe('finishing');
  });
});

describe('a background that is stopped', () => {
  test('while the provider’s page is open, hears of the answer in its next life', async () => {
    await sso.open(FIRST);
    sso = startBackground();
    await comeBack();
    expect(attempt?.state).toBe('signed-in');
  });

  const forEver = () => new Promise<never>(() => {});
  const STOPPED: [string, () => void][] = [
    ['opens the window', () => (afterOpen = forEver)],
    [
      'notes the window',
      () =>
        (beforeWrite = async (next) => {
          if (next?.tabId !== NO_TAB) await forEver();
        }),
    ],
    ['loads the provider’s page', () => (beforeLoad = forEver)],
    [
      'notes that it is loaded',
      () =>
        (beforeWrite = async (next) => {
          if (next?.state === 'open') await forEver();
        }),
    ],
  ];

  async function stopWhile(stop: () => void) {
    stop();
    void sso.open(FIRST);
    await vi.waitUntil(() => tabs.size > 0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    afterOpen = async () => {};
    beforeWrite = async () => {};
    beforeLoad = async () => {};
    sso = startBackground();
  }

  test.each(STOPPED)('while it %s, closes it in its next life, and says so', async (_, stop) => {
    await stopWhile(stop);
    await sso.resume();
    expect(tabs.size).toBe(0);
    expect(attempt).toMatchObject({ id: 'attempt_1', state: 'failed', error: 'background-stopped' });
  });

  test.each(STOPPED)('while it %s, leaves no window beside that of a new attempt', async (_, stop) => {
    await stopWhile(stop);
    await sso.open(SECOND);
    await sso.resume();
    expect([...tabs.values()]).toEqual([PROVIDER]);
    expect(attempt).toMatchObject({ id: 'attempt_2', state: 'open' });
  });

  test.each(STOPPED)('while it %s, leaves no window after a sign-out', async (_, stop) => {
    await stopWhile(stop);
    await sso.abandon();
    expect([tabs.size, attempt?.state]).toEqual([0, 'closed']);
  });

  test('while it finishes, asks what came of it, without the nonce', async () => {
    redeem.mockReturnValueOnce(new Promise(() => {}));
    await sso.open(FIRST);
    void comeBack();
    await vi.waitUntil(() => redeem.mock.calls.length === 1);
    expect(scheduleResume).toHaveBeenCalled();
    sso = startBackground();
    await sso.resume();
    expect(redeem.mock.calls.map(([, nonce]) => nonce)).toEqual(['nonce_1']);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(attempt?.state).toBe('signed-in');
  });

  test('before it closed the window closes it in its next life', async () => {
    await sso.open(FIRST);
    attempt = { ...FIRST, tabId: tabOf(), state: 'finishing' };
    sso = startBackground();
    await sso.resume();
    expect(tabs.size).toBe(0);
  });

  test('does not take up what it is about to finish itself', async () => {
    await sso.open(FIRST);
    let resumed: Promise<void> | undefined;
    beforeWrite = async (next) => {
      if (next?.state !== 'finishing') return;
      // It is in the storage, and the one who wrote it does not know yet.
      attempt = next;
      resumed ??= sso.resume();
    };
    await comeBack();
    await resumed;
    expect(ask).not.toHaveBeenCalled();
    expect(redeem.mock.calls.map(([, nonce]) => nonce)).toEqual(['nonce_1']);
  });

  test('or cannot note the end tries again, and does not stay at it for ever', async () => {
    await sso.open(FIRST);
    beforeWrite = async (next) => {
      if (next?.state === 'signed-in') throw new DOMException('no room', 'QuotaExceededError');
    };
    await comeBack().catch(() => {});
    expect(attempt?.state).toBe('finishing');
    beforeWrite = async () => {};
    await sso.resume();
    expect(attempt?.state).toBe('signed-in');
  });

  test('does not take up what it is finishing itself, nor what is over', async () => {
    redeem.mockReturnValue(new Promise(() => {}));
    await sso.open(FIRST);
    void comeBack();
    await vi.waitUntil(() => redeem.mock.calls.length === 1);
    await sso.resume();
    attempt = { ...FIRST, tabId: 1, state: 'refused' };
    await startBackground().resume();
    expect(redeem).toHaveBeenCalledTimes(1);
    expect(ask).not.toHaveBeenCalled();
  });
});

describe('who signs out while the provider’s page is open', () => {
  test('is signed in by nothing that comes back, and the window goes', async () => {
    await sso.open(FIRST);
    const tabId = tabOf();
    await sso.abandon();
    expect([tabs.size, attempt?.state]).toEqual([0, 'closed']);
    await comeBack(ANSWER, tabId);
    expect(redeem).not.toHaveBeenCalled();
  });

  test('changes no attempt that is over', async () => {
    await sso.open(FIRST);
    redeem.mockResolvedValue(endOf('refused'));
    await comeBack();
    await sso.abandon();
    expect(attempt?.state).toBe('refused');
  });
});

test('an end that was seen is forgotten, and nothing else', async () => {
  await sso.open(FIRST);
  await sso.forget({ id: 'attempt_1' });
  expect(attempt?.state).toBe('open');
  await comeBack();
  await sso.forget({ id: 'attempt_0' });
  expect(attempt?.state).toBe('signed-in');
  await sso.forget({ id: 'attempt_1' });
  expect(attempt).toBeNull();
});
