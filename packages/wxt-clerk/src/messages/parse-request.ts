import * as v from 'valibot';
import { isJson } from './is-json';
import type { Part } from './message';

const NO_OPTIONS = v.strictObject({});

/** The own `type` of a message, before anything else of it is read. */
export function typeOf(message: unknown): unknown {
  const isObject = typeof message === 'object' && message !== null;
  return isObject && Object.hasOwn(message, 'type') ? (message as { type: unknown }).type : undefined;
}

/** The options of a message, as its schema gives them; `null` when they are not exactly what this part takes. */
export function parseOptions({ schema = NO_OPTIONS }: Pick<Part, 'schema'>, message: unknown): object | null {
  // First, so that no schema ever meets a text of 256 MiB or a live Map.
  if (!isJson(message)) return null;
  const { type: _, ...options } = message as { type: unknown };
  const parsed = v.safeParse(schema, options, { abortEarly: true });
  return parsed.success ? parsed.output : null;
}
