import type { Context } from 'hono';
import type { Env } from './context.ts';
import { ControlError } from './control-input.ts';

/** The answer of a control call that has no value. */
export async function done(c: Context<Env>, call: Promise<void>): Promise<Response> {
  await call;
  return c.json({});
}

/**
 * The JSON of a control call; its shape is checked by the call that it goes to.
 * @throws {ControlError}
 */
export async function readJson<T>(c: Context<Env>): Promise<T> {
  const text = await c.req.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlError(`The request body is not JSON: ${JSON.stringify(text.slice(0, 100))}.`);
  }
}
