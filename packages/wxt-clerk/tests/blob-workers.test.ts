import { expect, test } from 'vitest';
import { refuseBlobWorkers } from '../src/ui/clerk/blob-workers';

class FakeWorker {
  readonly made: unknown[];
  constructor(...made: unknown[]) {
    this.made = made;
  }
}

const page = { Worker: FakeWorker as unknown as typeof Worker };
refuseBlobWorkers(page);

test('a worker from a blob fails at once', () => {
  expect(() => new page.Worker('blob:chrome-extension://id/1')).toThrow('no workers from blobs');
});

test.each(['/worker.js', new URL('chrome-extension://id/worker.js')])('one from %s is made', (url) => {
  const worker = new page.Worker(url, { name: 'own' });
  expect(worker).toMatchObject({ made: [url, { name: 'own' }] });
  expect(worker).toBeInstanceOf(FakeWorker);
});
