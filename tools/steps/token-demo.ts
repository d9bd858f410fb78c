import type { Surface } from 'extension-driver';

/** Presses "Get a token" in the demo tab and reads the token off the page. */
export async function getDemoToken(demo: Surface): Promise<string> {
  await demo.click({ role: 'button', name: 'Get a token' });
  return demo.waitFor(() => document.querySelector('[data-testid="token"]')?.textContent ?? '');
}
