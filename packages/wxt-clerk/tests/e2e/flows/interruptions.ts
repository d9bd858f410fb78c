import type { Surface } from 'extension-driver';
import type { World } from './flow.ts';

/** Happens between two screens of a flow, and gives the page to go on with. */
type Interruption = (page: Surface, world: World, reopen: () => Promise<Surface>) => Promise<Surface>;

/** What may come between. The popup closes by itself as soon as the person looks elsewhere, for a code in their mail. */
export const INTERRUPTIONS = {
  'closed and opened again': async (page, _, reopen) => {
    await page.close();
    return reopen();
  },
  'background stopped': async (page, { browser }) => {
    await browser.stopBackground();
    return page;
  },
  'opened again offline': async (page, { browser }, reopen) => {
    await page.close();
    await browser.setOffline(true);
    const again = await reopen();
    await again.waitForText('You are offline.');
    await browser.setOffline(false);
    return again;
  },
  'opened again at 429': async (page, { control }, reopen) => {
    await page.close();
    await control.addFault({ endpoint: '*', kind: 'status', status: 429, retryAfterSeconds: 1 });
    const again = await reopen();
    await again.waitForText('Try again');
    await control.clearFaults();
    return again;
  },
} satisfies Record<string, Interruption>;

export type InterruptionName = keyof typeof INTERRUPTIONS;
