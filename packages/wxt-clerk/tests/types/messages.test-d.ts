import * as v from 'valibot';
import { expectTypeOf, test } from 'vitest';
import { startClerk } from '../../src/background';
import {
  createSendMessage as createSiteSendMessage,
  fetchApi,
  sendMessage as sendSiteMessage,
} from '../../src/content';
import { createSendMessage, defineMessages, message } from '../../src/messages';
import type { CoreMessages } from '../../src/messages/core-messages';
import type { ContentScripts, OptionsFrom, SiteDocument, TypesFrom } from '../../src/messages/message';
import type {
  ApiResponse,
  ListedSession,
  MembershipSnapshot,
  PublicAuthState,
  PublicUser,
  Reply,
  SessionSnapshot,
  SessionToken,
  UserSnapshot,
} from '../../src/messages/protocol';
import { sendMessage } from '../../src/messages/send-message';
import type { UseAuthReturn } from '../../src/react/index';

type OfOwnPages =
  | 'get-token'
  | 'get-user'
  | 'get-session'
  | 'list-sessions'
  | 'set-active'
  | 'touch-session'
  | 'end-session'
  | 'remove-session'
  | 'sign-out'
  | 'check-authorization'
  | 'list-organizations'
  | 'session-changed'
  | 'fetch-api';

test('the names on the wire are exactly these', () => {
  expectTypeOf<keyof CoreMessages>().toEqualTypeOf<OfOwnPages | 'subscribe'>();
});

test('each kind of sender may send those that name it', () => {
  expectTypeOf<TypesFrom<'own-pages', CoreMessages>>().toEqualTypeOf<OfOwnPages>();
  expectTypeOf<TypesFrom<ContentScripts, CoreMessages>>().toEqualTypeOf<
    'get-token' | 'get-user' | 'fetch-api' | 'subscribe'
  >();
  expectTypeOf<TypesFrom<'sites', CoreMessages>>().toEqualTypeOf<'get-user' | 'fetch-api' | 'subscribe'>();
});

test('a caller gets the value of its message, and null when signed out', () => {
  expectTypeOf(sendMessage('get-token')).resolves.toEqualTypeOf<SessionToken | null>();
  expectTypeOf(sendMessage('get-user')).resolves.toEqualTypeOf<UserSnapshot | null>();
  expectTypeOf(sendMessage('sign-out')).resolves.toEqualTypeOf<null>();
  expectTypeOf(sendMessage('session-changed')).resolves.toEqualTypeOf<UserSnapshot | null>();
});

test('a person is active, or pending with a task', () => {
  expectTypeOf<UserSnapshot['status']>().toEqualTypeOf<'active' | 'pending'>();
  expectTypeOf<UserSnapshot['currentTask']>().toEqualTypeOf<{ key: string } | null>();
});

test('of all that is not signed in, only what is pending has a task', () => {
  type Auth = Extract<UseAuthReturn, { isLoaded: true }>;
  expectTypeOf<Extract<Auth, { sessionStatus: 'active' }>['isSignedIn']>().toEqualTypeOf<true>();
  expectTypeOf<Extract<Auth, { sessionStatus: 'pending' }>['isSignedIn']>().toEqualTypeOf<false>();
  expectTypeOf<Extract<Auth, { sessionStatus: null }>['currentTask']>().toEqualTypeOf<null>();
});

test('a token says when it ends, in Unix milliseconds', () => {
  expectTypeOf<SessionToken>().toEqualTypeOf<{ token: string; expiresAt: number }>();
});

test('a token takes the options of Clerk’s getToken', () => {
  expectTypeOf(
    sendMessage('get-token', { template: 'api', skipCache: true }),
  ).resolves.toEqualTypeOf<SessionToken | null>();
  expectTypeOf<keyof OptionsFrom<'own-pages', CoreMessages['get-token']>>().toEqualTypeOf<
    | 'template'
    | 'organizationId'
    | 'sessionId'
    | 'skipCache'
    | 'minTtlSeconds'
    | 'leewayInSeconds'
    | 'throwOnError'
  >();
});

test('a session is told without its token, a list of them with which one is active', () => {
  expectTypeOf(sendMessage('get-session')).resolves.toEqualTypeOf<SessionSnapshot | null>();
  expectTypeOf(sendMessage('list-sessions')).resolves.toEqualTypeOf<ListedSession[]>();
  expectTypeOf(sendMessage('end-session')).resolves.toEqualTypeOf<SessionSnapshot | null>();
  expectTypeOf(
    sendMessage('set-active', { sessionId: 'sess_1' }),
  ).resolves.toEqualTypeOf<UserSnapshot | null>();
  expectTypeOf(sendMessage('check-authorization', { role: 'org:lead' })).resolves.toEqualTypeOf<boolean>();
  expectTypeOf(sendMessage('list-organizations')).resolves.toEqualTypeOf<MembershipSnapshot[]>();
  expectTypeOf<Extract<keyof SessionSnapshot, `${string}oken`>>().toEqualTypeOf<never>();
});

test('an unknown message, option or use of a value does not compile', async () => {
  // @ts-expect-error: not a message of the core
  sendMessage('get-secret');
  // @ts-expect-error: not an option of a token
  sendMessage('get-token', { audience: 'api' });
  // @ts-expect-error: a name, not a flag
  sendMessage('get-token', { template: true });
  // @ts-expect-error: not an option of a sign-out
  sendMessage('sign-out', { everywhere: true });
  // @ts-expect-error: this message takes no options
  sendMessage('list-sessions', { sessionId: 'sess_1' });
  // @ts-expect-error: not a reason of Clerk's
  sendMessage('touch-session', { intent: 'blur' });
  // @ts-expect-error: not a level of Clerk's
  sendMessage('check-authorization', { reverification: 'severe' });
  // @ts-expect-error: nobody may be signed in
  (await sendMessage('get-token')).token;
  // @ts-expect-error: a person has no password here
  (await sendMessage('get-user'))?.password;
});

test('a reply is a value or an error with a code of the closed set', () => {
  expectTypeOf<Extract<Reply<null>, { ok: true }>['value']>().toEqualTypeOf<null>();
  expectTypeOf<Extract<Reply, { ok: false }>['error']['code']>().toExtend<string>();
  expectTypeOf<'forbidden'>().toExtend<Extract<Reply, { ok: false }>['error']['code']>();
});

test('a content script gets the public part, without a cast', () => {
  expectTypeOf(sendSiteMessage('get-user')).resolves.toEqualTypeOf<PublicUser | null>();
  expectTypeOf<keyof PublicUser>().toEqualTypeOf<'firstName' | 'lastName' | 'imageUrl'>();
  expectTypeOf(sendSiteMessage('subscribe')).resolves.toEqualTypeOf<PublicAuthState>();
  expectTypeOf(sendSiteMessage('get-token')).resolves.toEqualTypeOf<SessionToken | null>();
  expectTypeOf(fetchApi('https://api.example/me')).resolves.toEqualTypeOf<ApiResponse>();
});

test('a message that nobody grants its sender does not compile', () => {
  // @ts-expect-error: only our own pages sign out
  sendSiteMessage('sign-out');
  // @ts-expect-error: only our own pages know of sessions
  sendSiteMessage('list-sessions');
  // @ts-expect-error: a site does not choose the token
  fetchApi('https://api.example/me', { template: 'api' });
  // @ts-expect-error: only our own pages report a changed session
  sendSiteMessage('session-changed');
  // @ts-expect-error: a site could make the background ask the server each time
  sendSiteMessage('get-token', { skipCache: true });
  // @ts-expect-error: a request needs a method and an address
  sendSiteMessage('fetch-api');
  // @ts-expect-error: not a method
  fetchApi('https://api.example/me', { method: 'TRACE' });
  // @ts-expect-error: a content script's channels are the site's
  fetchApi('https://api.example/me', { method: 'POST', body: new Blob() });
  // @ts-expect-error: the same of an answer
  fetchApi('https://api.example/me', { responseType: 'blob' });
  // @ts-expect-error: our own pages follow the published state themselves
  sendMessage('subscribe');
});

const messages = defineMessages({
  'count-notes': message({
    schema: v.strictObject({ folder: v.string(), limit: v.optional(v.number()) }),
    from: 'own-pages',
    handle: async ({ folder, limit }, { auth, fetchApi, site }) => {
      expectTypeOf(folder).toEqualTypeOf<string>();
      expectTypeOf(limit).toEqualTypeOf<number | undefined>();
      expectTypeOf(site).toEqualTypeOf<null>();
      expectTypeOf(auth.getToken()).resolves.toEqualTypeOf<SessionToken | null>();
      const { status } = await fetchApi(`https://api.example/notes?folder=${folder}`);
      return { count: status };
    },
  }),
  greet: message(
    { from: 'own-pages', handle: () => 'hello' as const },
    {
      schema: v.strictObject({ loudly: v.boolean() }),
      from: 'sites',
      handle: ({ loudly }, { site }) => {
        expectTypeOf(site).toEqualTypeOf<SiteDocument>();
        return loudly;
      },
    },
  ),
  forget: message({ from: ['own-pages', 'token-sites'], handle: () => {} }),
});
const sendOwn = createSendMessage<typeof messages>();
const sendFromSite = createSiteSendMessage<typeof messages>();

test('the product’s rows are inferred on both ends, beside the core’s', () => {
  expectTypeOf(sendOwn('count-notes', { folder: 'inbox' })).resolves.toEqualTypeOf<{ count: number }>();
  expectTypeOf(sendOwn('greet')).resolves.toEqualTypeOf<'hello'>();
  expectTypeOf(sendOwn('forget')).resolves.toEqualTypeOf<null>();
  expectTypeOf(sendOwn('get-user')).resolves.toEqualTypeOf<UserSnapshot | null>();
  expectTypeOf(sendFromSite('greet', { loudly: true })).resolves.toEqualTypeOf<boolean>();
  expectTypeOf(sendFromSite('forget')).resolves.toEqualTypeOf<null>();
  expectTypeOf(sendFromSite('get-user')).resolves.toEqualTypeOf<PublicUser | null>();
  expectTypeOf(startClerk).toBeCallableWith({ messages });
  expectTypeOf(startClerk({ messages, ownsChannel: true })).toEqualTypeOf<void>();
});

test('a wrong option, value or sender of the product’s rows does not compile', async () => {
  // @ts-expect-error: options are missing
  sendOwn('count-notes');
  // @ts-expect-error: a folder is a text
  sendOwn('count-notes', { folder: 1 });
  // @ts-expect-error: not an option
  sendOwn('count-notes', { folder: 'inbox', archived: true });
  // @ts-expect-error: a count, not a list
  (await sendOwn('count-notes', { folder: 'inbox' })).list;
  // @ts-expect-error: not a message
  sendOwn('count-note', { folder: 'inbox' });
  // @ts-expect-error: own pages take no options with it
  sendOwn('greet', { loudly: true });
  // @ts-expect-error: only own pages may send it
  sendFromSite('count-notes', { folder: 'inbox' });
  // @ts-expect-error: a site says how
  sendFromSite('greet');
  // @ts-expect-error: not a message of the product
  createSendMessage<typeof messages>({ mayRepeat: ['count-note'] });
});

test('a wrong row does not compile', () => {
  // @ts-expect-error: nobody may send it
  message({ handle: () => 1 });
  // @ts-expect-error: not a kind of sender
  message({ from: 'everybody', handle: () => 1 });
  // @ts-expect-error: options are an object
  message({ schema: v.string(), from: 'own-pages', handle: () => 1 });
  message({
    schema: v.strictObject({ folder: v.string() }),
    from: 'own-pages',
    // @ts-expect-error: not in the schema
    handle: ({ file }) => file,
  });
  defineMessages({
    // @ts-expect-error: the core has a message of this name
    'sign-out': message({ from: 'own-pages', handle: () => 1 }),
  });
});
