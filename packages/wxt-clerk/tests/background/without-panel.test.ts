import { expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import background from '../../../../entrypoints/background';
import type { Reply } from '../../src/messages/protocol';
import { sessionOf } from '../support/background/people';
import { ADA } from '../support/fake-background';

const OWN_PAGE = { id: 'test-extension-id', origin: 'chrome-extension://test-extension-id' };

function ask(message: object): Promise<Reply> {
  return new Promise((resolve) => {
    void fakeBrowser.runtime.onMessage.trigger(message, OWN_PAGE, resolve);
  });
}

test('the background starts and answers in a browser without any panel', async () => {
  fakeBrowser.reset();
  vi.spyOn(fakeBrowser.permissions, 'contains').mockResolvedValue(true as never);
  Object.assign(fakeBrowser, { sidePanel: undefined, sidebarAction: undefined });
  const authState = { revision: 1, user: ADA, sessions: [sessionOf(ADA)] };
  await fakeBrowser.storage.session.set({ authState, verifiedAt: Date.now() });
  await background.main();
  expect(await ask({ type: 'get-user' })).toEqual({ ok: true, value: ADA, revision: 1 });
  expect(await ask({ type: 'open-panel' })).toMatchObject({ ok: false, error: { code: 'bad-request' } });
});
