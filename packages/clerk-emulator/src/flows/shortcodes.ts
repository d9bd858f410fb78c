import { isObject } from '../form.ts';

const SHORTCODE = /\{\{\s*([^{}]+?)\s*\}\}/g;
const ONLY_SHORTCODE = /^\{\{\s*([^{}]+?)\s*\}\}$/;

/**
 * A template's claims with its shortcodes filled in, as in Clerk's "JWT templates": `{{user.first_name}}` alone becomes the
 * value itself, among other text its text; `{{user.public_metadata.a.b}}` looks into it, and `{{user.x || 'text'}}` has
 * alternatives. What is not there is `null`, or nothing among other text.
 * @param values what the names stand for, e.g. `{ user: { id: … } }`
 */
export function fillShortcodes(claims: unknown, values: Record<string, unknown>): unknown {
  if (typeof claims === 'string') return fillText(claims, values);
  if (Array.isArray(claims)) return claims.map((item) => fillShortcodes(item, values));
  if (!isObject(claims)) return claims;
  const entries = Object.entries(claims).map(([name, value]) => [name, fillShortcodes(value, values)]);
  return Object.fromEntries(entries);
}

function fillText(text: string, values: Record<string, unknown>): unknown {
  const [, only] = ONLY_SHORTCODE.exec(text) ?? [];
  if (only !== undefined) return evaluate(only, values);
  return text.replace(SHORTCODE, (_, expression: string) => asText(evaluate(expression, values)));
}

function evaluate(expression: string, values: Record<string, unknown>): unknown {
  for (const alternative of expression.split('||')) {
    const value = operand(alternative.trim(), values);
    if (value !== null && value !== undefined && value !== false && value !== '') return value;
  }
  // Nothing holds: the last one, so that `false` stays `false`.
  return operand(expression.split('||').at(-1)?.trim() ?? '', values) ?? null;
}

function operand(text: string, values: Record<string, unknown>): unknown {
  const [, , literal] = /^(['"])(.*)\1$/.exec(text) ?? [];
  if (literal !== undefined) return literal;
  return text.split('.').reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), values);
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
