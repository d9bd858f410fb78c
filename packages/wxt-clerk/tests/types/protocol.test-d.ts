import { expectTypeOf, test } from 'vitest';
import type { Handlers, PublicHandlers } from '../../src/background/router';
import { fetchApi } from '../../src/content/fetch-api';
import type {
  ApiResponse,
  MessageType,
  OptionsOf,
  PublicMessageType,
  PublicUser,
  Reply,
  RequestOf,
  SessionToken,
  UserSnapshot,
  ValueOf,
} from '../../src/messages/protocol';
import { sendMessage, sendPublicMessage } from '../../src/messages/send-message';
import type { GRANTS } from '../../src/messages/sender-policy';

test('the names on the wire are exactly these', () => {
  expectTypeOf<MessageType>().toEqualTypeOf<
    | 'get-token'
    | 'get-user'
    | 'is-signed-in'
    | 'subscribe'
    | 'unsubscribe'
    | 'fetch-api'
    | 'sign-out'
    | 'session-changed'
  >();
});

test('a caller gets the value of its message, and null when signed out', () => {
  expectTypeOf(sendMessage('get-token')).resolves.toEqualTypeOf<SessionToken | null>();
  expectTypeOf(sendMessage('get-user')).resolves.toEqualTypeOf<UserSnapshot | null>();
  expectTypeOf(sendMessage('sign-out')).resolves.toEqualTypeOf<null>();
  expectTypeOf(sendMessage('session-changed')).resolves.toEqualTypeOf<UserSnapshot | null>();
});

test('a token says when it ends, in Unix milliseconds', () => {
  expectTypeOf<SessionToken>().toEqualTypeOf<{ token: string; expiresAt: number }>();
});

test('the background must handle every message, with the value that its caller expects', () => {
  expectTypeOf<keyof Handlers>().toEqualTypeOf<MessageType>();
  expectTypeOf<ReturnType<Handlers['get-token']>>().resolves.toEqualTypeOf<ValueOf<'get-token'>>();
  expectTypeOf<Parameters<Handlers['sign-out']>>().toEqualTypeOf<[RequestOf<'sign-out'>]>();
});

test('a token takes the options of Clerk’s getToken', () => {
  expectTypeOf(
    sendMessage('get-token', { template: 'api', skipCache: true }),
  ).resolves.toEqualTypeOf<SessionToken | null>();
  expectTypeOf<keyof OptionsOf<'get-token'>>().toEqualTypeOf<
    'template' | 'organizationId' | 'skipCache' | 'minTtlSeconds'
  >();
});

test('an unknown message or option does not compile', () => {
  // @ts-expect-error: not a message of the protocol
  sendMessage('get-secret');
  // @ts-expect-error: not an option of a token
  sendMessage('get-token', { audience: 'api' });
  // @ts-expect-error: a name, not a flag
  sendMessage('get-token', { template: true });
  // @ts-expect-error: this message takes no options
  sendMessage('sign-out', { everywhere: true });
});

test('a reply is a value or an error with a code of the closed set', () => {
  expectTypeOf<Extract<Reply<null>, { ok: true }>['value']>().toEqualTypeOf<null>();
  expectTypeOf<Extract<Reply, { ok: false }>['error']['code']>().toExtend<string>();
  expectTypeOf<'forbidden'>().toExtend<Extract<Reply, { ok: false }>['error']['code']>();
});

test('a content script gets the public part, without a cast', () => {
  expectTypeOf(sendPublicMessage('get-user')).resolves.toEqualTypeOf<PublicUser | null>();
  expectTypeOf<keyof PublicUser>().toEqualTypeOf<'firstName' | 'lastName' | 'imageUrl'>();
  expectTypeOf(sendPublicMessage('is-signed-in')).resolves.toEqualTypeOf<boolean>();
  expectTypeOf(sendPublicMessage('get-token')).resolves.toEqualTypeOf<SessionToken | null>();
  expectTypeOf(fetchApi('https://api.example/me')).resolves.toEqualTypeOf<ApiResponse>();
});

test('a content script’s message that nobody grants it does not compile', () => {
  // @ts-expect-error: only our own pages sign out
  sendPublicMessage('sign-out');
  // @ts-expect-error: only our own pages report a changed session
  sendPublicMessage('session-changed');
  // @ts-expect-error: a site could make the background ask the server each time
  sendPublicMessage('get-token', { skipCache: true });
  // @ts-expect-error: a request needs a method and an address
  sendPublicMessage('fetch-api');
  // @ts-expect-error: not a method
  fetchApi('https://api.example/me', { method: 'TRACE' });
});

test('every message has a row in the table of grants, and only the public ones can name a site', () => {
  expectTypeOf<keyof typeof GRANTS>().toEqualTypeOf<MessageType>();
  expectTypeOf<keyof PublicHandlers>().toEqualTypeOf<PublicMessageType>();
  expectTypeOf<(typeof GRANTS)['sign-out']>().toEqualTypeOf<readonly ['own-page']>();
  expectTypeOf<(typeof GRANTS)['session-changed']>().toEqualTypeOf<readonly ['own-page']>();
});
