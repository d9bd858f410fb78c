// Every function here runs in an extension page and is sent there as source text: it may use nothing outside itself.

/** How to ask the background from a page. */
export interface AskPlan {
  message: object;
  /** How many samples to take, one after the other. */
  samples: number;
  /** Asks in a row that make one sample: Firefox's clock has steps of 1 ms, and one ask takes half of that. */
  inRow: number;
  /** Asks that are on their way at once, each time. */
  atOnce: number;
}

export interface AskResult {
  /** One for each sample: milliseconds per ask. */
  times: number[];
  /** How often each kind of reply came: `token`, `echo`, `nobody`, an error code, or `nothing`. */
  outcomes: Record<string, number>;
}

/** Asks the background as the extension's own code does and times the round trips by the page's `performance.now()`. */
export async function askBackground({ message, samples, inRow, atOnce }: AskPlan): Promise<AskResult> {
  interface Api {
    runtime: { sendMessage(message: unknown): Promise<Answer> };
  }
  interface Answer {
    ok?: boolean;
    type?: string;
    token?: string | null;
    value?: { token: string } | null;
    error?: { code: string };
  }
  const scope = globalThis as unknown as { browser?: Api; chrome: Api };
  const { runtime } = scope.browser ?? scope.chrome;
  const outcomeOf = (answer: Answer | undefined) => {
    if (answer?.error) return answer.error.code;
    if (answer?.value?.token || answer?.token) return 'token';
    if (answer?.type) return 'echo';
    return answer ? 'nobody' : 'nothing';
  };

  const times: number[] = [];
  const outcomes: Record<string, number> = {};
  for (let sample = 0; sample < samples; sample += 1) {
    const answers: (Answer | undefined)[] = [];
    const start = performance.now();
    for (let turn = 0; turn < inRow; turn += 1) {
      const asked = Array.from({ length: atOnce }, () => runtime.sendMessage(message));
      for (const answer of asked) answers.push(await answer);
    }
    times.push((performance.now() - start) / (inRow * atOnce));
    for (const outcome of answers.map(outcomeOf)) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return { times, outcomes };
}

/** Milliseconds since the start of the popup's navigation, its `performance.timeOrigin`. */
export interface PopupTimes {
  /** When the text was in the popup's document. */
  text: number;
  /** When the element was, too, and had a place on the page. */
  element: number;
  /** First contentful paint; `null` where the browser tells none of a popup. */
  paint: number | null;
}

interface PopupWatch {
  popupTimes?: Promise<PopupTimes>;
}

/**
 * Begins to wait in a tab of the extension for its popup to open and to show a text and an element; to be called before
 * the popup is opened. The tab reaches the popup's window directly: it watches by the popup's own mutations and looks
 * every few milliseconds. `readPopupTimes` has the outcome.
 */
export function watchPopup(text: string, selector: string, timeoutMs: number): void {
  interface Api {
    extension: { getViews(filter: { type: string }): Window[] };
  }
  const scope = globalThis as unknown as { browser?: Api; chrome: Api };
  const { extension } = scope.browser ?? scope.chrome;
  const times: Partial<PopupTimes> = {};
  const look = (popup: Window) => {
    const now = performance.timeOrigin + performance.now() - popup.performance.timeOrigin;
    if (popup.document.body?.textContent?.includes(text)) times.text ??= now;
    const element = popup.document.querySelector(selector);
    if (times.text !== undefined && element && element.getClientRects().length > 0) times.element ??= now;
  };
  const firstPaint = async (popup: Window) => {
    for (let turn = 0; turn < 100; turn += 1) {
      const [entry] = popup.performance.getEntriesByName('first-contentful-paint');
      if (entry) return entry.startTime;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return null;
  };

  const watch = async () => {
    const start = performance.now();
    // The window of the popup before may still be there for a moment after it was closed.
    const isNew = (popup: Window) => popup.performance.timeOrigin >= performance.timeOrigin + start;
    let watched: Document | undefined;
    while (performance.now() < start + timeoutMs) {
      const popup = extension.getViews({ type: 'popup' }).find(isNew);
      if (popup && popup.document !== watched) {
        watched = popup.document;
        const changes = { childList: true, characterData: true, subtree: true };
        new MutationObserver(() => look(popup)).observe(watched, changes);
      }
      if (popup) look(popup);
      if (popup && times.element !== undefined)
        return { ...(times as PopupTimes), paint: await firstPaint(popup) };
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    throw new Error(`The popup did not show "${text}" and ${selector} within ${timeoutMs / 1000} s.`);
  };
  (globalThis as PopupWatch).popupTimes = watch();
}

/** What `watchPopup` saw. @throws {Error} When the text or the element did not appear in time. */
export async function readPopupTimes(): Promise<PopupTimes> {
  const { popupTimes } = globalThis as PopupWatch;
  if (!popupTimes) throw new Error('Nobody watches the popup. Call watchPopup first.');
  return await popupTimes;
}

/** Forgets what the extension keeps until the browser ends, as the start of a browser does. */
export async function clearSessionStorage(): Promise<void> {
  interface Api {
    storage: { session: { clear(): Promise<void> } };
  }
  const scope = globalThis as unknown as { browser?: Api; chrome: Api };
  await (scope.browser ?? scope.chrome).storage.session.clear();
}

interface TextWatch {
  shownAt?: Promise<number>;
}

/** Begins to wait in a page until an element says exactly this. `readShownAt` has the outcome. */
export function watchForText(selector: string, text: string, timeoutMs: number): void {
  const isShown = () =>
    [...document.querySelectorAll(selector)].some(({ textContent }) => textContent === text);
  (globalThis as TextWatch).shownAt = new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      observer.disconnect();
      clearTimeout(timer);
      settle();
    };
    const look = () => isShown() && end(() => resolve(Date.now()));
    const observer = new MutationObserver(look);
    const timer = setTimeout(
      () => end(() => reject(new Error(`The page does not say "${text}".`))),
      timeoutMs,
    );
    observer.observe(document, { childList: true, characterData: true, subtree: true });
    look();
  });
}

/** When the page said what `watchForText` waits for, in Unix ms. @throws {Error} When it did not in time. */
export async function readShownAt(): Promise<number> {
  const { shownAt } = globalThis as TextWatch;
  if (!shownAt) throw new Error('Nobody watches the page. Call watchForText first.');
  return await shownAt;
}
