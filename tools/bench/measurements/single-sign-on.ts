import type { ExtensionBrowser, Surface } from 'extension-driver';
import { createFigure, type Figure } from '../figure.ts';
import type { Plan } from '../plan.ts';
import type { Stand } from '../stand.ts';

const PERSON = '.wxt-clerk-profile-name';

/**
 * Single sign-on, from the click on the provider's page until an open panel shows the person. Besides what the browser
 * needs for the way back these are three requests one after the other: the provider's answer, the nonce, who is signed in.
 */
export async function measureSingleSignOn(
  { emulator, withSso }: Pick<Stand, 'emulator' | 'withSso'>,
  plan: Plan,
): Promise<Figure[]> {
  const { browser, close } = await withSso();
  const figures: Figure[] = [];
  try {
    for (const latencyMs of [0, 80]) {
      await emulator.control.configure({ socialProviders: ['oauth_google'], redirectUrls: null, latencyMs });
      const times: number[] = [];
      const warmUps = 1;
      for (let round = 0; round < plan.popupSamples + warmUps; round += 1) {
        const time = await signInOnce(browser);
        if (round >= warmUps) times.push(time);
      }
      figures.push(
        createFigure({
          id: `sso-panel-${latencyMs}`,
          name: `from the click at the provider until a panel shows the person, Frontend API ${latencyMs} ms away`,
          unit: 'ms',
          ours: times,
          goal: { kind: 'at-most', value: 500 + 3 * latencyMs },
        }),
      );
    }
    return figures;
  } finally {
    await emulator.control.configure({ socialProviders: [], latencyMs: 0 });
    await close();
  }
}

async function signInOnce(browser: ExtensionBrowser): Promise<number> {
  const panel = await browser.openPage('sidepanel.html');
  await panel.click({ role: 'button', name: /Google/ });
  const provider = await browser.waitForSurface('tab', '/oauth_google/authorize');
  await panel.evaluate(watchPerson, PERSON);
  const clickedAt = await provider.evaluate(() => {
    const button = document.querySelector<HTMLElement>('#person-1');
    // After the answer to this call: the page is gone as soon as it is clicked.
    setTimeout(() => button?.click(), 50);
    return Date.now() + 50;
  });
  const shownAt = await panel.waitFor(() => (globalThis as { shownAt?: number }).shownAt ?? 0);
  await signOut(panel);
  await panel.close();
  return shownAt - clickedAt;
}

/** Notes when the person is in the page. Runs there. */
function watchPerson(selector: string): void {
  const scope = globalThis as { shownAt?: number };
  const observer = new MutationObserver(() => {
    if (scope.shownAt || !document.querySelector(selector)) return;
    scope.shownAt = Date.now();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

async function signOut(panel: Surface): Promise<void> {
  await panel.click({ role: 'button', name: 'Sign out' });
  await panel.waitFor(() => document.querySelector('input[name="identifier"]') !== null);
}
