import { browser } from 'wxt/browser';
import { sendMessage } from '../messages/send-message';
import { isOver, readSsoAttempt, type SsoAttempt, watchSsoAttempt } from '../shared/sso-attempt';

// A background that is stopped while it opens the window or finishes goes on when something wakes it.
const REPEAT_EVERY_MS = 3000;

/**
 * Follows the newest attempt to sign in with a provider, as long as this page is there: calls back with what is so now, and
 * with every change. It notices when the provider's window is closed, and wakes a background that was stopped in the
 * middle: events for these would wake it for every tab that is closed.
 *
 * @returns Stops the calls.
 */
export function followAttempt(onChange: (attempt: SsoAttempt | null) => void): () => void {
  let current: SsoAttempt | null = null;
  let repetition: ReturnType<typeof setInterval> | undefined;
  let hasChanged = false;
  let lastClosed: number | undefined;

  const take = (attempt: SsoAttempt | null) => {
    current = attempt;
    clearInterval(repetition);
    if (attempt?.state === 'opening' || attempt?.state === 'finishing')
      repetition = setInterval(wake, REPEAT_EVERY_MS);
    // It may have been closed before its opening was noted.
    if (attempt?.state === 'open' && attempt.tabId === lastClosed) reportClosed(attempt);
    onChange(attempt);
  };
  const reportClosed = (attempt: SsoAttempt) => {
    checkWindow(attempt);
    // Until it is noted: in Firefox the tab may still be there for a moment (https://bugzilla.mozilla.org/show_bug.cgi?id=1396758).
    clearInterval(repetition);
    repetition = setInterval(() => checkWindow(attempt), REPEAT_EVERY_MS);
  };
  const onRemoved = (tabId: number) => {
    lastClosed = tabId;
    if (current?.state === 'open' && current.tabId === tabId) reportClosed(current);
  };

  browser.tabs.onRemoved.addListener(onRemoved);
  const stop = watchSsoAttempt((attempt) => {
    hasChanged = true;
    take(attempt);
  });
  void readSsoAttempt().then((attempt) => {
    if (hasChanged) return;
    take(attempt);
    // The window may have gone while no page was there to see it.
    if (attempt?.state === 'open') checkWindow(attempt);
  });
  return () => {
    stop();
    browser.tabs.onRemoved.removeListener(onRemoved);
    clearInterval(repetition);
  };
}

/**
 * Waits for the end of an attempt that the background has noted.
 *
 * @returns How it ended; `null` when a newer one has taken its place, or another page has seen the end before this one.
 */
export function waitForEnd(id: string): Promise<SsoAttempt | null> {
  return new Promise((resolve) => {
    let wasThere = false;
    const end = (attempt: SsoAttempt | null) => {
      stop();
      resolve(attempt);
    };
    const endIfGone = async () => {
      if ((await readSsoAttempt())?.id !== id) end(null);
    };
    const stop = followAttempt((attempt) => {
      if (attempt?.id === id) {
        wasThere = true;
        if (isOver(attempt)) end(attempt);
      } else if (wasThere) end(null);
      // It may also be news of the one before, on its way since then.
      else void endIfGone();
    });
  });
}

// The background looks whether it is really gone.
function checkWindow({ id }: SsoAttempt): void {
  void sendMessage('check-provider', { id }).catch(() => {});
}

function wake(): void {
  void sendMessage('get-user').catch(() => {});
}
