import type { Surface } from 'extension-driver';
import { expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { waitUntilSignedIn } from '../../../../../tools/steps/sign-in.ts';
import { ask, askForToken, signIn } from '../fixtures.ts';
import { answerOf, claimsOf, codeOf, listedIn, test, userOf } from './fixtures.ts';

byTurns();

/**
 * Puts in the place of what this version keeps what version 0.2.0 kept: the person alone, by nine names, and of the running
 * browser an auth state without sessions.
 *
 * @param hasTasks What is older still knows nothing of tasks.
 */
async function goBack(page: Surface, hasTasks: boolean): Promise<void> {
  await page.evaluate(async (hasTasks: boolean) => {
    interface Api {
      storage: { session: { get(key: string): Promise<Stored>; set(values: object): Promise<void> } };
    }
    type Stored = { authState?: { revision: number; user: Record<string, unknown> } };
    const names =
      'userId sessionId status currentTask organizationId firstName lastName emailAddress imageUrl'.split(
        ' ',
      );
    const kept = hasTasks ? names : names.filter((name) => name !== 'status' && name !== 'currentTask');
    const ofThen = (user: Record<string, unknown>) =>
      Object.fromEntries(kept.map((name) => [name, user[name]]));
    const settle = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });

    const database = await settle(indexedDB.open('clerk'));
    const people = database.transaction('people', 'readwrite').objectStore('people');
    const [frontendApi] = await settle(people.getAllKeys());
    const person = await settle(people.get(frontendApi as IDBValidKey));
    await settle(people.put(ofThen(person), frontendApi));
    database.close();

    const scope = globalThis as unknown as { browser?: Api; chrome: Api };
    const { session } = (scope.browser ?? scope.chrome).storage;
    const { authState } = await session.get('authState');
    if (authState)
      await session.set({ authState: { revision: authState.revision, user: ofThen(authState.user) } });
  }, hasTasks);
}

const ROWS = [
  { title: 'of the browser, offline', start: 'restart', isOffline: true },
  { title: 'of the browser', start: 'restart', isOffline: false },
  { title: 'of the extension after its update', start: 'reloadExtension', isOffline: false },
] as const;

test.for(ROWS)(
  'who was signed in with version 0.2.0 is so after the start $title',
  async (row, { browser, instance }) => {
    const { start, isOffline } = row;
    const before = await signIn(browser, instance);
    const sessionId = (await userOf(before))?.sessionId ?? '';
    await askForToken(before);
    await goBack(before, !isOffline);
    if (isOffline) await browser.setOffline(true);
    await browser[start]();

    const page = await browser.openPage('own-page.html');
    await page.waitForText('Signed in as Ada Lovelace.');
    expect(await userOf(page)).toMatchObject({
      sessionId,
      status: 'active',
      firstName: 'Ada',
      emailAddress: instance.seededUser.emailAddress,
      organizationId: null,
    });
    expect(await listedIn(page)).toMatchObject([
      { id: sessionId, isActive: true, user: { firstName: 'Ada' } },
    ]);
    expect(await answerOf(page, { type: 'get-session' })).toMatchObject({ id: sessionId, status: 'active' });
    await waitUntilSignedIn(await browser.openPopup(), 'Ada Lovelace');
    if (isOffline) {
      expect(await codeOf(page, { type: 'get-token', skipCache: true })).toBe('offline');
      await browser.setOffline(false);
      // The background pauses after a failure, and a new one does not.
      await browser.stopBackground();
    }

    expect(await claimsOf(page, { skipCache: true })).toMatchObject({ sid: sessionId });
    await ask(page, { type: 'session-changed' });
    expect(await answerOf(page, { type: 'get-session' })).toMatchObject({
      id: sessionId,
      createdAt: expect.any(Number),
      publicUserData: { firstName: 'Ada' },
    });
    expect(await listedIn(page)).toHaveLength(1);
  },
);
