import { startClerk } from 'wxt-clerk/background';
import { browser, defineBackground } from '#imports';

export default defineBackground(() => {
  startClerk();

  // Its own messages, as before: wxt-clerk answers only those that are its own.
  browser.runtime.onMessage.addListener((message, _, sendResponse) => {
    if (message?.type === 'ping') sendResponse({ pong: message.count + 1 });
  });
});
