import * as v from 'valibot';
import { ApiError } from './api-error.ts';

/** A part of a list. */
export interface Page {
  limit: number;
  offset: number;
}

const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 20;

const wholeNumber = (name: string, min: number, max: number) =>
  v.pipe(
    v.string(`"${name}" is given once.`),
    v.regex(/^\d{1,9}$/, `"${name}" is a whole number.`),
    v.transform(Number),
    v.minValue(min, `"${name}" is at least ${min}.`),
    v.maxValue(max, `"${name}" is at most ${max}.`),
  );

const PageQuery = v.object({
  limit: v.optional(wholeNumber('limit', 1, MAX_LIMIT), String(DEFAULT_LIMIT)),
  offset: v.optional(wholeNumber('offset', 0, 1e9), '0'),
});

/**
 * Which part of a list a request's query asks for: `limit` (1 to 100, default 20) and `offset` (default 0).
 * @throws {ApiError} `bad-input`
 */
export function readPage(query: unknown): Page {
  return readInput(PageQuery, query);
}

/**
 * Input of a known shape.
 * @throws {ApiError} `bad-input`, with the first thing that is wrong.
 */
export function readInput<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  throw new ApiError('bad-input', result.issues[0].message);
}
