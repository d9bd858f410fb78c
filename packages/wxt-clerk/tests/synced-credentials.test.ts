// @vitest-environment node
import { expect, test, vi } from 'vitest';
import type { CredentialStore } from '../src/shared/credential-store';
import type { EndedInWebApp, EndedStore } from '../src/shared/ended-in-web-app';
import { syncCredentials } from '../src/shared/synced-credentials';
import type { WebApp, WebAppClient } from '../src/shared/web-app';

const THEIRS: WebAppClient = { credential: 'the web app’s', changedAt: 100 };

/** Credentials where the web app has this client, and this is over here. */
function credentials(client: WebAppClient | null, over: Partial<EndedInWebApp> | null = null) {
  const write = vi.fn(async () => {});
  const own = {
    read: async () => 'our own',
    replace: vi.fn(async () => true),
    setAside: vi.fn(async () => {}),
  } satisfies CredentialStore;
  const webApp = {
    read: async () => client,
    holds: async (credential: string) => credential === client?.credential,
    renew: vi.fn(async () => true),
  } satisfies WebApp;
  const read = async () => over && { sessionIds: [], changedAt: 100, isToTell: false, attempts: 0, ...over };
  const ended: EndedStore = { read, write, change: async () => {} };
  return { ...syncCredentials({ webApp, ended, own }), own, webApp, write };
}

test.each<[string, WebAppClient | null, Partial<EndedInWebApp> | null, string]>([
  ['somebody is signed in there', THEIRS, null, 'the web app’s'],
  ['nobody is', null, null, 'our own'],
  ['what is there was signed out here', THEIRS, { sessionIds: ['sess_1'] }, 'our own'],
  ['and its client changed since', THEIRS, { sessionIds: ['sess_1'], changedAt: 90 }, 'our own'],
  ['the server knew of nobody there', THEIRS, {}, 'our own'],
  ['and its client changed since', THEIRS, { changedAt: 90 }, 'the web app’s'],
])('where %s, the credential is the one', async (_, client, over, expected) => {
  expect(await credentials(client, over).read()).toBe(expected);
});

test('an answer to the web app’s credential changes its cookie, any other ours', async () => {
  const { replace, own, webApp } = credentials(THEIRS);
  await replace('the web app’s', 'its next');
  expect(webApp.renew).toHaveBeenCalledWith('the web app’s', 'its next');
  expect(own.replace).not.toHaveBeenCalled();
  await replace('our own', 'our next');
  await replace(undefined, 'our first');
  expect(own.replace.mock.calls).toEqual([
    ['our own', 'our next'],
    [undefined, 'our first'],
  ]);
});

test('a dead credential of the web app’s is noted, and ours is set aside', async () => {
  const { setAside, own, write } = credentials(THEIRS);
  await setAside('the web app’s');
  expect(write).toHaveBeenCalledWith({ sessionIds: [], changedAt: 100, isToTell: false, attempts: 0 });
  expect(own.setAside).not.toHaveBeenCalled();
  await setAside('our own');
  expect(own.setAside).toHaveBeenCalledWith('our own');
});

test('one that was signed out here meanwhile stays signed out', async () => {
  const { setAside, write } = credentials(THEIRS, { sessionIds: ['sess_1'] });
  await setAside('the web app’s');
  expect(write).not.toHaveBeenCalled();
});
