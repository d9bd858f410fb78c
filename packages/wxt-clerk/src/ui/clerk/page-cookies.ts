// Clerk's name for the session token's cookie, which it also writes with a suffix made of the publishable key
// (clerk-js 6.40.0, core/auth/cookies/session.ts).
const SESSION_TOKEN = /^__session(_|$)/;

/**
 * Gives a page a cookie jar that ends with it. Clerk keeps the session token in `document.cookie` for a year, and with a
 * development key the client credential, too (clerk-js 6.40.0, core/auth/cookies/session.ts and devBrowser.ts): there no
 * sign-out in the background reaches them.
 *
 * The session token does not even get into that jar. Clerk takes it out again only in a page that has the focus
 * (clerk-js 6.40.0, core/auth/AuthCookieService.ts, updateSessionCookie), and a token refresh that is under way puts it back
 * after a sign-out; nothing here reads it.
 *
 * Must run before Clerk loads. What an earlier version of the extension left in the browser's jar is removed.
 */
export function keepCookiesInMemory(page: Document = document): void {
  removeAllCookies(page);
  const jar = new Map<string, string>();
  Object.defineProperty(page, 'cookie', {
    configurable: true,
    get: () => [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    set: (cookie: string) => {
      const { name, value, isOver } = parseCookie(cookie);
      if (isOver || SESSION_TOKEN.test(name)) jar.delete(name);
      else jar.set(name, value);
    },
  });
}

function removeAllCookies(page: Document): void {
  for (const pair of page.cookie.split('; ')) {
    const { name } = parseCookie(pair);
    if (name) page.cookie = `${name}=; Max-Age=0; Path=/`;
  }
}

function parseCookie(cookie: string): { name: string; value: string; isOver: boolean } {
  const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim());
  const split = pair.indexOf('=');
  const isOver = attributes.some((attribute) => {
    const [key = '', value = ''] = attribute.split('=');
    if (/^max-age$/i.test(key)) return Number(value) <= 0;
    return /^expires$/i.test(key) && Date.parse(value) <= Date.now();
  });
  return { name: pair.slice(0, split), value: pair.slice(split + 1), isOver };
}
