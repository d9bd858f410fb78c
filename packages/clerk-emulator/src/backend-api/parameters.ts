import type { Context } from 'hono';
import type { Env } from '../context.ts';
import type { Rule } from '../control-input.ts';
import { ApiError, formError } from '../errors.ts';
import { isObject } from '../form.ts';

/** The parameters of all lists. */
export const PAGE_PARAMETERS = ['limit', 'offset'];

/**
 * The JSON body of a request, `{}` without one. `null` counts as absent where a rule does not take it.
 * @throws {ApiError} `request_body_invalid`, `form_param_unknown`, `form_param_format_invalid`, `form_param_missing`
 */
export async function readBody<T extends object>(
  c: Context<Env>,
  rules: Record<keyof T & string, Rule>,
  required: (keyof T & string)[] = [],
): Promise<Partial<T>> {
  const body = parseBody(await c.req.text());
  const given = Object.entries(body).filter(([name, value]) => {
    const rule = Object.hasOwn(rules, name) ? rules[name as keyof typeof rules] : undefined;
    if (!rule) throw unknownParameter(name);
    if (rule.accepts(value)) return true;
    if (value === null) return false;
    const longMessage = `${name} must be ${rule.expected}.`;
    throw new ApiError('form_param_format_invalid', { longMessage, meta: { param_name: name } });
  });
  const fields = Object.fromEntries(given) as Partial<T>;
  const missing = required.find((name) => fields[name] === undefined);
  if (missing) throw formError('form_param_missing', missing);
  return fields;
}

function parseBody(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Falls through to the same answer as JSON that is no object.
  }
  throw new ApiError('request_body_invalid', { longMessage: 'The request body must be a JSON object.' });
}

/** A filter that is not known would let everything through. @throws {ApiError} `form_param_unknown` */
export function assertKnownQuery(c: Context<Env>, names: readonly string[]): void {
  const unknown = Object.keys(c.req.query()).find((name) => !names.includes(name.replace(/\[\]$/, '')));
  if (unknown !== undefined) throw unknownParameter(unknown);
}

function unknownParameter(name: string): ApiError {
  const longMessage = `${name} is not a valid parameter for this request.`;
  return new ApiError('form_param_unknown', { longMessage, meta: { param_name: name } });
}

type Comparable = string | number | null;

/**
 * Sorts as `order_by` says: a name, `+` or nothing before it for ascending, `-` for descending. Of what is equal, what came later
 * counts as more; what has no such value comes last.
 * @param keys what the names stand for
 * @throws {ApiError} `form_param_value_invalid` for another name
 */
export function ordered<T>(
  c: Context<Env>,
  items: readonly T[],
  keys: Record<string, (item: T) => Comparable>,
  fallback = '-created_at',
): T[] {
  // A plus sign that was not encoded arrives as a space.
  const [, sign, name = ''] = /^([-+ ]?)(\w+)$/.exec(c.req.query('order_by') || fallback) ?? [];
  const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
  if (!key) throw formError('form_param_value_invalid', 'order_by');
  const known = items.filter((item) => key(item) !== null).toSorted((a, b) => compare(key(a), key(b)));
  const rest = items.filter((item) => key(item) === null);
  return [...(sign === '-' ? known.toReversed() : known), ...rest];
}

function compare(a: Comparable, b: Comparable): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}
