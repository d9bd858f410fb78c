import { browser, defineBackground } from '#imports';

// The one listener is needed: a browser wakes no background for a message that nobody listens for.
export default defineBackground(() => {
  browser.runtime.onMessage.addListener((message, _sender, sendResponse) => sendResponse(message));
});
