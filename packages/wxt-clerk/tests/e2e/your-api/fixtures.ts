import type { Surface } from 'extension-driver';
import type { ApiOptions } from 'wxt-clerk/client';
import type { ErrorBody } from 'wxt-clerk/messages';
import { signIn } from '../fixtures.ts';
import { siteTest } from '../trust/fixtures.ts';

/** What came of a call, as far as it is JSON; of a blob its size, type and SHA-256. */
export type Outcome = { status: number; body: unknown } | Pick<ErrorBody, 'code' | 'sent'>;

/** A file of so many bytes, which the page makes up itself, sent in one of these ways. */
export interface File {
  size: number;
  as?: 'blob' | 'form';
}

/** A test with a page of the extension that is signed in, and in which nothing of Clerk is loaded yet. */
export const test = siteTest.extend<{ page: Surface }>({
  page: async ({ browser, instance }, use) => {
    const other = await signIn(browser, instance);
    await other.close();
    const page = await browser.openPage('your-api.html');
    await page.waitForText('Ask for the secret');
    await use(page);
  },
});

/** Calls `fetchApi` in the page. */
export function call(
  page: Surface,
  url: string,
  options: Pick<ApiOptions, 'method' | 'responseType'> & { body?: string } = {},
  file: File | null = null,
): Promise<Outcome> {
  return page.evaluate(
    async (url: string, options: object, file: File | null) => {
      interface Page {
        fetchApi(url: string, options: object): Promise<{ status: number; body: unknown }>;
      }
      const bytes = new Uint8Array(file?.size ?? 0);
      for (let index = 0; index < bytes.length; index += 1) bytes[index] = (index * 31 + (index >> 8)) & 255;
      const blob = new Blob([bytes], { type: 'image/png' });
      const form = new FormData();
      form.append('file', blob, 'picture.png');
      const body = file && { body: file.as === 'form' ? form : blob };
      const told = async ({ status, body }: { status: number; body: unknown }) => {
        if (!(body instanceof Blob)) return { status, body };
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await body.arrayBuffer()));
        const hash = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        return { status, body: { size: body.size, type: body.type, hash } };
      };
      return (globalThis as unknown as Page)
        .fetchApi(url, { ...options, ...body })
        .then(told, ({ code, sent }: Outcome & { code: string; sent: string }) => ({ code, sent }));
    },
    url,
    options,
    file,
  ) as Promise<Outcome>;
}
