/**
 * Has a worker that is made from a blob fail at once. Clerk keeps its timers in one and looks by them how a mailed link stands;
 * the policy of an extension's pages allows none (https://developer.chrome.com/docs/extensions/reference/manifest/content-security-policy),
 * and Firefox says so by an event alone, after which Clerk waits for ever. On an exception it takes the page's own timers
 * (@clerk/shared 4.41.0, workerTimers).
 *
 * Must run before Clerk loads. Other workers are left as they are.
 */
export function refuseBlobWorkers(page: { Worker: typeof Worker } = globalThis): void {
  page.Worker = new Proxy(page.Worker, {
    construct(target, [url, options]: [string | URL, WorkerOptions?]) {
      if (String(url).startsWith('blob:'))
        throw new DOMException('An extension page has no workers from blobs.', 'SecurityError');
      return new target(url, options);
    },
  });
}
