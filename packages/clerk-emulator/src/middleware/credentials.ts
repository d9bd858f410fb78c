import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import type { Client } from '../state/clients.ts';
import { isBrowsing, isNative, isWebPage } from './request-kind.ts';

const CLIENT_COOKIE = '__client';

/**
 * Finds the caller's client by the request's dialect and names the credential in the answer, whatever its status.
 * A native client has its JWT in `Authorization`, in either instance; any other is a dev browser in development, and in
 * production a web page with cookies, or an extension before it knows its JWT.
 */
export function credentials(core: Core): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('devBrowser', null);
    c.set('forgetCredential', false);
    c.set('omitCredentialHeader', false);
    c.set('client', null);
    if (isBrowsing(c)) return next();
    if (core.instance === 'development' && !isNative(c)) return developmentCredentials(core, c, next);
    return isWebPage(c) && !isNative(c) ? cookieCredentials(core, c, next) : headerCredentials(core, c, next);
  };
}

type Next = () => Promise<void>;

async function headerCredentials(core: Core, c: Context<Env>, next: Next): Promise<void> {
  const isRead = isNative(c) || !core.settings.requireNativeFlag;
  const presented = isRead ? bearerToken(c.req.header('authorization')) : null;
  c.set('client', findClient(core, presented) ?? redeemNonce(core, c, presented));

  await next();
  if (c.get('omitCredentialHeader')) return;
  await rotateIfDue(core, c.get('client'));
  const credential = c.get('client')?.credential;
  if (credential) c.header('Authorization', credential);
  // A bare scheme tells the extension to forget its client JWT.
  else if (c.get('forgetCredential')) c.header('Authorization', 'Bearer');
}

async function cookieCredentials(core: Core, c: Context<Env>, next: Next): Promise<void> {
  const presented = getCookie(c, CLIENT_COOKIE) ?? null;
  c.set('client', findClient(core, presented));

  await next();
  if (c.get('omitCredentialHeader')) return;
  const client = c.get('client');
  await rotateIfDue(core, client);
  if (client?.credential && client.credential !== presented) setClientCookie(c, client.credential);
  if (c.get('forgetCredential')) setClientCookie(c, null);
  if (c.req.method !== 'GET') setSignedInCookie(core, c, client);
}

async function developmentCredentials(core: Core, c: Context<Env>, next: Next): Promise<void> {
  const presented = c.req.query('__clerk_db_jwt') ?? c.req.query('__dev_session') ?? '';
  const isKnown = core.clients.knowsCredential(presented);
  const isNeeded = core.settings.requireDevBrowser && c.req.path !== '/v1/dev_browser';
  if (!isKnown && isNeeded && c.req.path.startsWith('/v1/')) {
    c.set('client', null);
    throw new ApiError('dev_browser_unauthenticated');
  }
  const devBrowser = isKnown ? presented : await core.clients.createDevBrowser();
  c.set('client', core.clients.findByCredential(devBrowser));
  c.set('devBrowser', devBrowser);

  await next();
  if (c.get('omitCredentialHeader') || !(isKnown || core.settings.sendMissingDbJwt)) return;
  // One answer without it, of any status, and the extension deletes what it has stored.
  c.header('Clerk-Db-Jwt', devBrowser);
}

/** An unknown credential means "no client", and so does one from before the client's last rotation. */
function findClient({ clients, settings }: Core, presented: string | null) {
  const client = presented === null ? null : clients.findByCredential(presented);
  const isOutdated = settings.strictRotation && client?.credential !== presented;
  return isOutdated ? null : client;
}

/**
 * A sign-in at a provider changes the client's JWT where a native client cannot see it. The nonce of the callback lets the JWT
 * from before stand in for the new one, once.
 */
function redeemNonce({ clients, singleSignOn }: Core, c: Context<Env>, presented: string | null) {
  const nonce = c.req.query('rotating_token_nonce');
  const client = presented === null ? null : clients.findByCredential(presented);
  if (!nonce || !client) return null;
  return singleSignOn.redeemNonce(nonce, client.id, c.req.path) ? client : null;
}

/** The client that a browser's cookie names. */
export function cookieClientOf(core: Core, c: Context<Env>): Client | null {
  return findClient(core, getCookie(c, CLIENT_COOKIE) ?? null);
}

async function rotateIfDue({ clients }: Core, client: Client | null): Promise<void> {
  if (client?.isRotationDue) await clients.rotateCredential(client);
}

/** Gives a browser the cookies of a client, as the answer to one of its navigations. */
export async function setClientCookies(core: Core, c: Context<Env>, client: Client): Promise<void> {
  await rotateIfDue(core, client);
  if (client.credential) setClientCookie(c, client.credential);
  setSignedInCookie(core, c, client);
}

/** Only the Frontend API itself reads it. `null` deletes it. */
function setClientCookie(c: Context<Env>, credential: string | null): void {
  const ending = credential === null ? '; Max-Age=0' : '';
  addCookie(c, `${CLIENT_COOKIE}=${credential ?? ''}; Path=/; HttpOnly; Secure; SameSite=Lax${ending}`);
}

/** Tells the app's servers when the client last changed, in Unix seconds; 0 while nobody is signed in. */
function setSignedInCookie({ sessions, url }: Core, c: Context<Env>, client: Client | null): void {
  const isSignedIn = client !== null && sessions.activeOfClient(client.id).length > 0;
  const changedAt = isSignedIn ? Math.floor(client.updatedAt / 1000) : 0;
  addCookie(c, `__client_uat=${changedAt}; Path=/; Secure; SameSite=Lax${instanceDomain({ url })}`);
}

/** The part of a cookie that makes it one of the app's hosts, too. Browsers take none for all of `localhost`. */
export function instanceDomain({ url }: Pick<Core, 'url'>): string {
  const { hostname } = new URL(url);
  const domain = hostname.slice(hostname.indexOf('.') + 1);
  return domain === 'localhost' ? '' : `; Domain=${domain}`;
}

/** Adds a cookie to the answer. */
export function addCookie(c: Context<Env>, cookie: string): void {
  c.header('Set-Cookie', cookie, { append: true });
}

function bearerToken(header: string | undefined): string | null {
  return header?.replace(/^Bearer(\s+|$)/i, '').trim() || null;
}
