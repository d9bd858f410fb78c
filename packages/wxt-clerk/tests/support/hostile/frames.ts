import type { Surface } from 'extension-driver';
import type { Command, Loot, Outcome } from './content-script.ts';

/** One frame with the hostile content script in it. */
export interface HostileFrame {
  /** Sends messages to the background, all at once, and gives what came of each. */
  ask(...messages: unknown[]): Promise<Outcome[]>;
  loot(): Promise<Loot>;
  /** @returns The places it could write to. */
  plant(keys: string[], value: string): Promise<string[]>;
}

/**
 * The hostile content script of a page's top frame, or of the `<iframe>` with a name in it, once it runs there.
 *
 * The driver reaches the page's own world only; from there it goes on by window messages, which both worlds hear.
 */
export async function hostileFrame(page: Surface, frameName: string | null = null): Promise<HostileFrame> {
  const order = <T>(command: Command) => page.evaluate(orderInFrame, frameName, command) as Promise<T>;
  await page.waitFor(hasHostileScript, frameName);
  return {
    ask: (...messages) => order({ do: 'ask', messages }),
    loot: () => order({ do: 'loot' }),
    plant: (keys, value) => order({ do: 'plant', keys, value }),
  };
}

/** Runs in the page. */
async function orderInFrame(frameName: string | null, command: object): Promise<unknown> {
  const frame = document.querySelector<HTMLIFrameElement>(`iframe[name="${frameName}"]`);
  const target = frameName === null ? window : frame?.contentWindow;
  if (!target) throw new Error(`There is no frame "${frameName}".`);
  const order = crypto.randomUUID();
  return await new Promise((resolve) => {
    const onMessage = ({ data }: MessageEvent) => {
      if (data?.answers !== order) return;
      removeEventListener('message', onMessage);
      resolve(JSON.parse(data.outcome));
    };
    addEventListener('message', onMessage);
    target.postMessage({ order, command }, '*');
  });
}

/** Runs in the page. Asks nothing of the background: an ask of no messages. */
function hasHostileScript(frameName: string | null): boolean {
  const state = globalThis as { heard?: Record<string, boolean> };
  state.heard ??= {};
  const { heard } = state;
  const name = String(frameName);
  const frame = document.querySelector<HTMLIFrameElement>(`iframe[name="${frameName}"]`);
  const target = frameName === null ? window : frame?.contentWindow;
  const order = `is it there? ${name}`;
  addEventListener('message', ({ data }) => {
    if (data?.answers === order) heard[name] = true;
  });
  target?.postMessage({ order, command: { do: 'ask', messages: [] } }, '*');
  return heard[name] ?? false;
}
