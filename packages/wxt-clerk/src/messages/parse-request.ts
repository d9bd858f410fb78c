import * as v from 'valibot';
import { isJson } from './is-json';
import type {
  JsonValue,
  MessageType,
  PublicMessageType,
  PublicProtocol,
  PublicRequest,
  Request,
  RequestOf,
} from './protocol';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

// A list of what may be sent, and not of what may not: headers that carry credentials get new names all the time.
const SENDABLE_HEADERS = [
  'accept',
  'accept-language',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'x-request-id',
];

const headers = v.pipe(
  v.record(
    v.pipe(v.string(), v.toLowerCase(), v.picklist(SENDABLE_HEADERS)),
    v.pipe(v.string(), v.maxLength(1024), v.regex(/^[\x20-\x7e]*$/)),
  ),
  v.check((given) => isJsonType(given['content-type'])),
);

// One schema per message, so that a message added to the protocol does not compile without one.
const SCHEMAS = {
  'get-token': v.strictObject({
    type: v.literal('get-token'),
    template: v.optional(name),
    organizationId: v.optional(v.nullable(v.pipe(name, v.startsWith('org_')))),
    skipCache: v.optional(v.boolean()),
    minTtlSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(3600))),
  }),
  'get-user': v.strictObject({ type: v.literal('get-user') }),
  'is-signed-in': v.strictObject({ type: v.literal('is-signed-in') }),
  subscribe: v.strictObject({ type: v.literal('subscribe') }),
  unsubscribe: v.strictObject({ type: v.literal('unsubscribe') }),
  'fetch-api': v.pipe(
    v.strictObject({
      type: v.literal('fetch-api'),
      method: v.picklist(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      url: v.pipe(v.string(), v.maxLength(2048), v.url()),
      headers: v.optional(headers),
      // The whole message is known to be JSON when a schema sees it.
      body: v.optional(v.custom<JsonValue>(() => true)),
    }),
    v.check(({ method, body }) => method !== 'GET' || body === undefined),
  ),
  'sign-out': v.strictObject({ type: v.literal('sign-out') }),
  'session-changed': v.strictObject({ type: v.literal('session-changed') }),
} satisfies { [T in MessageType]: v.GenericSchema<RequestOf<T>> };

const PUBLIC_SCHEMAS = {
  'get-token': v.strictObject({ type: v.literal('get-token'), template: v.optional(name) }),
  'get-user': SCHEMAS['get-user'],
  'is-signed-in': SCHEMAS['is-signed-in'],
  subscribe: SCHEMAS.subscribe,
  unsubscribe: SCHEMAS.unsubscribe,
  'fetch-api': SCHEMAS['fetch-api'],
} satisfies { [T in PublicMessageType]: v.GenericSchema<RequestOf<T, PublicProtocol>> };

/** The request of one of our own pages, or `null` when it is not exactly one of ours. */
export function parseRequest(message: unknown): Request | null {
  const schema = schemaFor(message, SCHEMAS);
  return schema && parse<Request>(schema, message);
}

/** The request of a content script, which may say less. */
export function parsePublicRequest(message: unknown): PublicRequest | null {
  const schema = schemaFor(message, PUBLIC_SCHEMAS);
  return schema && parse<PublicRequest>(schema, message);
}

/** The own `type` of a message, before anything else of it is read. */
export function typeOf(message: unknown): unknown {
  const isObject = typeof message === 'object' && message !== null;
  return isObject && Object.hasOwn(message, 'type') ? (message as { type: unknown }).type : undefined;
}

function schemaFor<Schema>(message: unknown, schemas: Record<string, Schema>): Schema | null {
  // First, so that no schema ever meets a text of 256 MiB or a live Map.
  if (!isJson(message)) return null;
  const type = typeOf(message);
  return typeof type === 'string' && Object.hasOwn(schemas, type) ? (schemas[type] ?? null) : null;
}

function parse<R>(schema: v.GenericSchema<unknown, R>, message: unknown): R | null {
  const parsed = v.safeParse(schema, message, { abortEarly: true });
  return parsed.success ? parsed.output : null;
}

// The body is always JSON; `application/merge-patch+json` is, too.
function isJsonType(contentType: string | undefined): boolean {
  return contentType === undefined || /^application\/([\w.-]+\+)?json(; ?charset=utf-8)?$/i.test(contentType);
}
