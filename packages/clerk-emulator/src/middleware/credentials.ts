import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';

/**
 * Finds the caller's client by the instance's dialect and names the credential in the answer, whatever its status.
 * An unknown credential means "no client", never an error.
 */
export function credentials(core: Core): MiddlewareHandler<Env> {
  return core.instance === 'production' ? productionCredentials(core) : developmentCredentials(core);
}

function productionCredentials(core: Core): MiddlewareHandler<Env> {
  return async (c, next) => {
    const presented = bearerToken(c.req.header('authorization'));
    const client = presented === null ? null : core.clients.findByCredential(presented);
    const isOutdated = core.settings.strictRotation && client?.credential !== presented;
    setDefaults(c);
    c.set('client', isOutdated ? null : client);

    await next();
    if (c.get('omitCredentialHeader')) return;
    const credential = c.get('client')?.credential;
    if (credential) c.header('Authorization', credential);
    // A bare scheme tells the extension to forget its client JWT.
    else if (c.get('forgetCredential')) c.header('Authorization', 'Bearer');
  };
}

function developmentCredentials(core: Core): MiddlewareHandler<Env> {
  return async (c, next) => {
    const presented = c.req.query('__clerk_db_jwt') ?? '';
    const isKnown = core.clients.knowsCredential(presented);
    const devBrowser = isKnown ? presented : await core.clients.createDevBrowser();
    setDefaults(c);
    c.set('client', core.clients.findByCredential(devBrowser));
    c.set('devBrowser', devBrowser);

    await next();
    if (c.get('omitCredentialHeader') || !(isKnown || core.settings.sendMissingDbJwt)) return;
    // One answer without it, of any status, and the extension deletes what it has stored.
    c.header('Clerk-Db-Jwt', devBrowser);
  };
}

function setDefaults(c: Context<Env>): void {
  c.set('devBrowser', null);
  c.set('forgetCredential', false);
  c.set('omitCredentialHeader', false);
}

function bearerToken(header: string | undefined): string | null {
  return header?.replace(/^Bearer(\s+|$)/i, '').trim() || null;
}
