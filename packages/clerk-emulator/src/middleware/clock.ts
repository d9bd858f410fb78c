import { setTimeout as delay } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';

/** Answers late by the set latency, and dates the answer by the server's own clock. */
export function clock(core: Core): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    const { latencyMs } = core.settings;
    if (latencyMs > 0) await delay(latencyMs, undefined, { ref: false });
    c.header('Date', new Date(core.now()).toUTCString());
    if (core.settings.sendNoStore) c.header('Cache-Control', 'no-store');
  };
}
