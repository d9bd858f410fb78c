import * as v from 'valibot';
import type { MessageType, Request, RequestOf } from '../../utils/protocol';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

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
  'sign-out': v.strictObject({ type: v.literal('sign-out') }),
  'session-changed': v.strictObject({ type: v.literal('session-changed') }),
} satisfies { [T in MessageType]: v.GenericSchema<RequestOf<T>> };

const requestSchema = v.variant('type', Object.values(SCHEMAS) as [(typeof SCHEMAS)[MessageType]]);

/** The request that came over the wire, or `null` when it is not exactly one of ours. */
export function parseRequest(message: unknown): Request | null {
  const parsed = v.safeParse(requestSchema, message);
  return parsed.success ? parsed.output : null;
}
