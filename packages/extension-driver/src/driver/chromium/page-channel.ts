import { writeFile } from 'node:fs/promises';
import type { CDPSession, KeyInput, Page } from 'puppeteer-core';
import type { PageChannel } from '../driven-surface.ts';
import type { SurfaceKind } from '../types.ts';

/** How long the mouse button stays down, in milliseconds. */
const PRESS_MS = 20;

/** Drives one Chromium page over its CDP session. */
export async function createChromiumChannel(
  page: Page,
  kind: SurfaceKind,
  describeOthers: () => string,
): Promise<PageChannel> {
  const session = await page.createCDPSession();
  const errors = await collectConsoleErrors(session);

  // A tab in the background gets no frames, so input and screenshots would wait for ever.
  const bringTabToFront = async () => {
    if (kind !== 'tab') return;
    const isHidden = await page.evaluate(() => document.visibilityState === 'hidden');
    if (isHidden) await page.bringToFront();
  };

  return {
    evaluate: async (expression) => (await page.evaluate(expression)) as string | undefined,
    shadowText: (host, selector) => readShadowText(session, host, selector),
    clickAt: async (x, y) => {
      await bringTabToFront();
      await page.mouse.click(x, y, { delay: PRESS_MS });
    },
    typeText: (text) => typeText(page, text),
    press: async (key) => {
      await bringTabToFront();
      await page.keyboard.press(key as KeyInput);
    },
    screenshot: async (path) => {
      await bringTabToFront();
      const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
      await writeFile(path, data, 'base64');
    },
    setColorScheme: (scheme) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]),
    reloadAfter: async (script) => {
      await page.evaluateOnNewDocument(script);
      await page.reload({ waitUntil: 'domcontentloaded' });
    },
    frameUrls: async () => {
      const top = page.mainFrame();
      return page
        .frames()
        .filter((frame) => frame !== top)
        .map((frame) => frame.url());
    },
    isOpen: async () => page.browser().connected && !page.isClosed(),
    close: () => page.close(),
    url: () => page.url(),
    consoleErrors: () => [...errors],
    describeOthers: async () => describeOthers(),
  };
}

/**
 * Presses key after key without a wait in between: Chromium hands them on in order, and answers for each when the page has
 * dealt with it, which may take a frame.
 */
async function typeText({ keyboard }: Page, text: string): Promise<void> {
  const strokes = Array.from(text).flatMap((character) =>
    /^[ -~\r\n]$/.test(character)
      ? [keyboard.down(character as KeyInput), keyboard.up(character as KeyInput)]
      : [keyboard.sendCharacter(character)],
  );
  await Promise.all(strokes);
}

/** Enabling the domains replays what the page logged before, so nothing since its load is missed. */
async function collectConsoleErrors(session: CDPSession): Promise<string[]> {
  const errors: string[] = [];
  session.on('Runtime.consoleAPICalled', ({ type, args }) => {
    if (type !== 'error') return;
    errors.push(args.map((arg) => String(arg.value ?? arg.description ?? arg.type)).join(' '));
  });
  session.on('Runtime.exceptionThrown', ({ exceptionDetails: { exception, text } }) => {
    errors.push(exception?.description ?? String(exception?.value ?? text));
  });
  session.on('Log.entryAdded', ({ entry: { source, level, text } }) => {
    if (source === 'security' && level === 'error') errors.push(text);
  });
  await Promise.all([session.send('Runtime.enable'), session.send('Log.enable')]);
  return errors;
}

async function readShadowText(session: CDPSession, host: string, selector: string): Promise<string | null> {
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const hostId = await findNode(session, root.nodeId, host);
  if (hostId === null) return null;
  const { node } = await session.send('DOM.describeNode', { nodeId: hostId, depth: 1, pierce: true });
  const [shadowRoot] = node.shadowRoots ?? [];
  if (!shadowRoot) return null;
  // Known to the page's scripts or not: the DevTools protocol hands out the root itself.
  const { object: rootObject } = await session.send('DOM.resolveNode', {
    backendNodeId: shadowRoot.backendNodeId,
  });
  const { result } = await session.send('Runtime.callFunctionOn', {
    objectId: rootObject.objectId ?? '',
    functionDeclaration: 'function (selector) { return this.querySelector(selector)?.innerText ?? null; }',
    arguments: [{ value: selector }],
    returnByValue: true,
  });
  return result.value;
}

async function findNode(session: CDPSession, nodeId: number, selector: string): Promise<number | null> {
  const found = await session.send('DOM.querySelector', { nodeId, selector });
  return found.nodeId === 0 ? null : found.nodeId;
}
