import type { Context } from 'hono';
import { ApiError, formError } from './errors.ts';

/** The fields of a form-encoded body. */
export interface Form {
  /** `null` when absent or empty: the SDK sends empty strings for fields nobody filled in. */
  optional(name: string): string | null;
  /** @throws {ApiError} `form_param_missing` when absent or empty. */
  required(name: string): string;
  /** All values of a field that is sent again for each of them. */
  list(name: string): string[];
  /** Whether the field was sent at all, empty or not. */
  has(name: string): boolean;
  /** A JSON object, or `{}` when absent. @throws {ApiError} `form_param_format_invalid` */
  object(name: string): Record<string, unknown>;
}

/** @throws {ApiError} `request_body_invalid` when a body came in another encoding. */
export async function readForm(c: Context): Promise<Form> {
  const text = await c.req.text();
  const contentType = c.req.header('content-type') ?? '';
  if (text && !contentType.startsWith('application/x-www-form-urlencoded')) {
    throw new ApiError('request_body_invalid');
  }
  return createForm(new URLSearchParams(text));
}

function createForm(fields: URLSearchParams): Form {
  const optional = (name: string) => fields.get(name) || null;
  return {
    optional,
    list: (name) => fields.getAll(name).filter((value) => value !== ''),
    has: (name) => fields.has(name),
    required(name) {
      const value = optional(name);
      if (value === null) throw formError('form_param_missing', name);
      return value;
    },
    object(name) {
      const text = optional(name);
      return text === null ? {} : parseObject(name, text);
    },
  };
}

function parseObject(name: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Falls through to the same answer as JSON that is no object.
  }
  throw formError('form_param_format_invalid', name);
}

/** A plain JSON object, not an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
