import { expect, test } from 'vitest';
import { prepareRequests } from '../src/ui/clerk/page-credential';

interface Hooks {
  __internal_onBeforeRequest?(request: object): Promise<void>;
}

test.each(['GET', 'POST'])('a %s of Clerk’s own does not go into the browser’s cache', async (method) => {
  prepareRequests();
  const request = { method, headers: new Headers(), url: new URL('https://clerk.example.com/v1/client') };
  await (window as Hooks).__internal_onBeforeRequest?.(request);
  expect(request).toMatchObject({ cache: 'no-store' });
});
