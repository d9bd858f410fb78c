import { browser } from 'wxt/browser';
import { type MessageError, toMessageError } from '../messages/message-error';
import type { AuthChanged, AuthChangedNotice, PublicAuthState } from '../messages/protocol';
import { askBackground } from '../messages/send-message';

export interface PublicUserWatcher {
  onChange(state: PublicAuthState): void;
  /** The background could not be asked. It is asked again when the page comes into sight or is online again. */
  onError?(error: MessageError): void;
}

/**
 * Follows, in a content script, who is signed in: calls back with the state now and with every change, without polling
 * and without a connection that would keep the background alive.
 *
 * @param signal Ends it; `ctx.signal` of WXT's content scripts does when the extension was updated.
 */
export function watchPublicUser({ onChange, onError }: PublicUserWatcher, signal: AbortSignal): void {
  let known = -1;
  let hasFailed = false;

  function take({ revision, isSignedIn, user }: Omit<AuthChanged, 'type'>): void {
    // Nothing new, or an answer that was overtaken by a push.
    const isNews = revision > known || (hasFailed && revision === known);
    if (!isNews || signal.aborted) return;
    known = revision;
    hasFailed = false;
    onChange({ isSignedIn, user });
  }

  async function subscribe(): Promise<void> {
    try {
      const answer = await askBackground({ type: 'subscribe' });
      take({ ...(answer.value as PublicAuthState), revision: answer.revision });
    } catch (error) {
      hasFailed = true;
      if (!signal.aborted) onError?.(toMessageError(error));
    }
  }

  const askAgain = () => void subscribe();
  const listener = (message: unknown, _sender: unknown, sendResponse: (reply: null) => void): void => {
    if (!isAuthChanged(message)) return;
    if (message.revision === undefined) askAgain();
    else take(message);
    // An answer at all tells the background that this document is still there.
    sendResponse(null);
  };
  browser.runtime.onMessage.addListener(listener);
  signal.addEventListener('abort', () => browser.runtime?.onMessage?.removeListener(listener));

  window.addEventListener('online', askAgain, { signal });
  // Out of the browser's back-forward cache, where no push reaches a page:
  // https://developer.chrome.com/blog/extension-instantnav
  window.addEventListener('pageshow', ({ persisted }) => persisted && askAgain(), { signal });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && askAgain(), {
    signal,
  });
  // A page that Chrome renders ahead is no top frame yet (its frameId is not 0), and would be refused:
  // https://developer.chrome.com/blog/extension-instantnav
  if (isPrerendering()) document.addEventListener('prerenderingchange', askAgain, { once: true, signal });
  else askAgain();
}

function isPrerendering(): boolean {
  return (document as { prerendering?: boolean }).prerendering === true;
}

function isAuthChanged(message: unknown): message is AuthChanged | AuthChangedNotice {
  return (message as { type?: unknown } | null)?.type === 'auth-changed';
}
