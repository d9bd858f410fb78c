import type { MiddlewareHandler } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';

/** Refuses a client that has not solved a CAPTCHA yet, where the instance wants that. */
export function captchaChallenge(core: Core): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (core.settings.captchaChallenge && !c.get('client')?.hasPassedCaptcha) {
      throw new ApiError('requires_captcha');
    }
    return next();
  };
}
