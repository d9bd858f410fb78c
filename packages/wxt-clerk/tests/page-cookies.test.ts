import { describe, expect, test } from 'vitest';
import { keepCookiesInMemory } from '../src/ui/clerk/page-cookies';

/** A page whose own jar can be looked into, however its `cookie` was replaced. */
function pageWith(kept: Record<string, string> = {}) {
  const jar = new Map(Object.entries(kept));
  class Page {
    get cookie(): string {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    }
    set cookie(text: string) {
      const [pair = ''] = text.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (text.includes('Max-Age=0')) jar.delete(name);
      else jar.set(name, value);
    }
  }
  return { page: new Page() as Document, jar };
}

describe('the cookie jar of a page', () => {
  test('gives back what Clerk puts in, and the browser’s jar stays empty', () => {
    const { page, jar } = pageWith();
    keepCookiesInMemory(page);
    page.cookie = '__clerk_db_jwt=a.b.c; Expires=Fri, 31 Dec 2100 00:00:00 GMT; Path=/; SameSite=Lax';
    page.cookie = '__client_uat=0';
    expect(page.cookie).toBe('__clerk_db_jwt=a.b.c; __client_uat=0');
    expect(jar.size).toBe(0);
  });

  test.each(['__session', '__session_kD8vT2xQ'])('takes no session token: %s', (name) => {
    const { page, jar } = pageWith();
    keepCookiesInMemory(page);
    page.cookie = `${name}=a.b.c; Expires=Fri, 31 Dec 2100 00:00:00 GMT; Path=/; SameSite=Lax`;
    page.cookie = '__sessions=1';
    expect(page.cookie).toBe('__sessions=1');
    expect(jar.size).toBe(0);
  });

  test('keeps the last value of a name', () => {
    const { page } = pageWith();
    keepCookiesInMemory(page);
    page.cookie = 'a=1';
    page.cookie = 'a=2==';
    expect(page.cookie).toBe('a=2==');
  });

  test.each(['Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'max-age=0'])('takes one out with %s', (attribute) => {
    const { page } = pageWith();
    keepCookiesInMemory(page);
    page.cookie = '__client_uat=1; Max-Age=60';
    page.cookie = `__client_uat=; ${attribute}; Path=/`;
    expect(page.cookie).toBe('');
  });

  test('removes what was left in the browser’s jar', () => {
    const { page, jar } = pageWith({ __session: 'a.b.c', __clerk_db_jwt: 'd.e.f' });
    keepCookiesInMemory(page);
    expect(jar.size).toBe(0);
    expect(page.cookie).toBe('');
  });
});
