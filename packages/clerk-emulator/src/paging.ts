import type { Context } from 'hono';
import type { Env } from './context.ts';
import { formError } from './errors.ts';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 500;

/**
 * The part of a list that a request asks for by `limit` and `offset`, in Clerk's form.
 * @throws {ApiError} `form_param_value_invalid`
 */
export function paged<T, J>(c: Context<Env>, items: readonly T[], toJson: (item: T) => J) {
  const offset = readCount(c, 'offset', 0, Number.MAX_SAFE_INTEGER);
  const limit = readCount(c, 'limit', DEFAULT_LIMIT, MAX_LIMIT);
  return { data: items.slice(offset, offset + limit).map(toJson), total_count: items.length };
}

/** A filter that may be sent again for each value, also in the form `role[]`; when it is not sent it lets all through. */
export function queryFilter(c: Context<Env>, name: string): (value: string) => boolean {
  const values = queryValues(c, name);
  return (value) => values.length === 0 || values.includes(value);
}

/** What a parameter says, each time that it was sent, also in the form `role[]`. */
export function queryValues(c: Context<Env>, name: string): string[] {
  return [...(c.req.queries(name) ?? []), ...(c.req.queries(`${name}[]`) ?? [])].filter(Boolean);
}

function readCount(c: Context<Env>, name: string, fallback: number, maximum: number): number {
  const text = c.req.query(name);
  if (text === undefined || text === '') return fallback;
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > maximum) throw formError('form_param_value_invalid', name);
  return count;
}
