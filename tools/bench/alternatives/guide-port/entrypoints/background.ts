import { createClerkClient } from '@clerk/chrome-extension/client';
import { browser, defineBackground } from '#imports';

const publishableKey = import.meta.env.WXT_CLERK_PUBLISHABLE_KEY ?? '';

async function getToken(): Promise<string | null> {
  const clerk = await createClerkClient({ publishableKey, background: true });
  return (await clerk.session?.getToken()) ?? null;
}

export default defineBackground(() => {
  browser.runtime.onMessage.addListener((_message, _sender, sendResponse) => {
    getToken()
      .then((token) => sendResponse({ token }))
      .catch((error) => {
        console.error('[Background service worker] Error:', JSON.stringify(error));
        sendResponse({ token: null });
      });
    return true;
  });
});
