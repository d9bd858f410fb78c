import { browser } from 'wxt/browser';
import { sendMessage } from '../messages/send-message';
import { isOver, readSsoAttempt, type SsoAttempt, watchSsoAttempt } from '../shared/sso-attempt';

// A background that is stopped while it finishes goes on when something wakes it.
const WAKE_EVERY_MS = 3000;

/**
 * Follows the newest attempt to sign in with a provider, as long as this page is there: calls back with what is so now, and
 * with every change. It notices when the provider's window is closed, and wakes a background that was stopped in the
 * middle: events for these would wake it for every tab that is closed.
 *
 * @returns Stops the calls.
 */
export function followAttempt(onChange: (attempt: SsoAttempt | null) => void): () => void {
  let current: SsoAttempt | null = null;
  let wakeUps: ReturnType<typeof setInterval> | undefined;
  let hasChanged = false;

  const take = (attempt: SsoAttempt | null) => {
    current = attempt;
    clearInterval(wakeUps);
    if (attempt?.state === 'finishing') wakeUps = setInterval(wake, WAKE_EVERY_MS);
    onChange(attempt);
  };
  const onRemoved = (tabId: number) => {
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
    if (attempt?.state === 'open') reportClosed(attempt);
  });
  return () => {
    stop();
    browser.tabs.onRemoved.removeListener(onRemoved);
    clearInterval(wakeUps);
  };
}

/**
 * Waits for the end of an attempt.
 *
 * @returns How it ended; `null` when a newer one has taken its place.
 */
export function waitForEnd(id: string): Promise<SsoAttempt | null> {
  return new Promise((resolve) => {
    let wasThere = false;
    const stop = followAttempt((attempt) => {
      const isThis = attempt?.id === id;
      wasThere ||= isThis;
      // Until the background has noted it, there is the one before.
      if (isThis ? !isOver(attempt) : !wasThere) return;
      stop();
      resolve(isThis ? attempt : null);
    });
  });
}

// The background looks whether the window is really gone.
function reportClosed({ id }: SsoAttempt): void {
  void sendMessage('provider-closed', { id }).catch(() => {});
}

function wake(): void {
  void sendMessage('get-user').catch(() => {});
}
