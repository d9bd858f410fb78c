import { type Browser, browser } from 'wxt/browser';
import { MessageError } from '../messages/message-error';
import { isSameClient } from './client-jwt';
import { isCredential } from './credential-store';
import type { WebAppConfig } from './web-app-config';

type Cookie = Browser.cookies.Cookie & { firstPartyDomain?: string };

/** A web app in which somebody is signed in. */
export interface WebAppClient {
  /** The client credential. It is read when it is needed, and kept nowhere. */
  credential: string;
  /** When its client last changed, in Unix seconds; `null` where the web app does not say so. */
  changedAt: number | null;
}

/** The web app of the same Clerk instance, as its cookies tell of it. */
export interface WebApp {
  /**
   * `null` when nobody is signed in there.
   *
   * @throws {MessageError} `host-permission-missing` where the browser does not let its cookies be seen.
   */
  read(): Promise<WebAppClient | null>;
  /** Is this what its cookie holds now, whether somebody is signed in or not? */
  holds(credential: string): Promise<boolean>;
  /**
   * Puts the successor of its credential into its cookie, as the server would have done in an answer to the web app: a
   * rotated client is unknown by the old one, and the web app would be signed out.
   *
   * @returns Whether that is what its cookie holds now.
   */
  renew(sent: string, received: string | undefined): Promise<boolean>;
}

const CREDENTIAL = { production: '__client', development: '__clerk_db_jwt' } as const;
const CHANGED_AT = '__client_uat';
/** Longer than clerk-js 6.40.0 takes to write a cookie anew. */
const REWRITING_MS = 50;

/** The web app whose cookies `config` tells of, in this browser. */
export function webAppOf(config: WebAppConfig): WebApp {
  const readCredential = async () => pick(await readCookies(config), CREDENTIAL[config.instanceType], config);

  async function readClient(): Promise<WebAppClient | null> {
    const cookies = await readCookies(config);
    const credential = pick(cookies, CREDENTIAL[config.instanceType], config)?.value;
    // Firefox finds nothing where it may not look.
    if (!credential) await expectPermission(config);
    if (!isCredential(credential)) return null;
    const changedAt = changedAtOf(pick(cookies, CHANGED_AT, config));
    return changedAt === 0 ? null : { credential, changedAt };
  }

  return {
    async read() {
      const client = await readClient();
      if (client?.changedAt !== null || config.instanceType === 'production') return client;
      // clerk-js takes that cookie away before it writes it anew: in between it may be of nobody.
      await new Promise((resolve) => setTimeout(resolve, REWRITING_MS));
      return readClient();
    },
    async holds(credential) {
      return (await readCredential())?.value === credential;
    },
    async renew(sent, received) {
      const cookie = await readCredential();
      if (!cookie || cookie.value !== sent || received === undefined) return false;
      // In development the web app alone says which its dev browser is.
      if (config.instanceType === 'development' || !isSameClient(sent, received)) return false;
      await browser.cookies.set(renewed(cookie, received, config) as Browser.cookies.SetDetails);
      return true;
    },
  };
}

/** Does a cookie tell of who is signed in there? Every cookie that changes anywhere is asked for: it must be quick. */
export function isOfWebApp(cookie: Cookie, { instanceType, query, cookieSuffix }: WebAppConfig): boolean {
  const { name, storeId } = cookie;
  if (!name.startsWith('__cl') || storeId !== query.storeId) return false;
  const names = [CREDENTIAL[instanceType], CHANGED_AT].flatMap((plain) => [
    plain,
    `${plain}_${cookieSuffix}`,
  ]);
  return names.includes(name) && isSeenAt(cookie, new URL(query.url).hostname);
}

/** When the web app's client changed, in Unix seconds, 0 for nobody; `null` where this cookie does not say it. */
export function changedAtOf(cookie: Cookie | undefined): number | null {
  const changedAt = cookie?.name.startsWith(CHANGED_AT) ? Number.parseInt(cookie.value, 10) : Number.NaN;
  return Number.isNaN(changedAt) ? null : changedAt;
}

async function readCookies(config: WebAppConfig): Promise<Cookie[]> {
  const { hostname } = new URL(config.query.url);
  try {
    const cookies = await browser.cookies.getAll(config.query as Browser.cookies.GetAllDetails);
    return cookies.filter((cookie) => isSeenAt(cookie, hostname));
  } catch (cause) {
    await expectPermission(config);
    throw new MessageError('internal', { cause });
  }
}

async function expectPermission({ hosts }: WebAppConfig): Promise<void> {
  if (!(await browser.permissions.contains({ origins: hosts })))
    throw new MessageError('host-permission-missing');
}

/** The cookie of this name: with the instance's suffix before one that another instance on the host may have written. */
function pick(cookies: Cookie[], name: string, { cookieSuffix }: WebAppConfig): Cookie | undefined {
  const named = (each: string) => cookies.filter((cookie) => cookie.name === each);
  return [...named(`${name}_${cookieSuffix}`), ...named(name)][0];
}

/** Is it a cookie that this host's own pages have, and not one of a frame in another site's page? */
function isSeenAt({ domain, hostOnly, partitionKey, firstPartyDomain }: Cookie, hostname: string): boolean {
  const isOwn = (other: string) => hostname === other || hostname.endsWith(`.${other}`);
  const bare = domain.replace(/^\./, '');
  if (hostOnly ? hostname !== bare : !isOwn(bare)) return false;
  if (firstPartyDomain && !isOwn(firstPartyDomain)) return false;
  if (!partitionKey?.topLevelSite) return true;
  return !partitionKey.hasCrossSiteAncestor && isOwn(new URL(partitionKey.topLevelSite).hostname);
}

function renewed(cookie: Cookie, value: string, { query: { url } }: WebAppConfig): object {
  const { name, path, secure, httpOnly, sameSite, storeId, domain, hostOnly } = cookie;
  const { session, expirationDate, partitionKey, firstPartyDomain } = cookie;
  return {
    url,
    name,
    value,
    path,
    secure,
    httpOnly,
    sameSite,
    storeId,
    ...(!hostOnly && { domain }),
    ...(!session && expirationDate && { expirationDate }),
    ...(partitionKey && { partitionKey }),
    ...(firstPartyDomain !== undefined && { firstPartyDomain }),
  };
}
