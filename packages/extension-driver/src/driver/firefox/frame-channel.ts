import { writeFile } from 'node:fs/promises';
import type { PageChannel } from '../driven-surface.ts';
import type { ChromeContext } from './chrome-context.ts';
import { FRAME_SCRIPT_URL } from './frame-script.ts';
import {
  askFrame,
  closePage,
  type FrameRequest,
  focusPage,
  listFrameUrls,
  listOpenPages,
  type OpenPage,
  overrideColorScheme,
  snapshotPage,
} from './window-functions.ts';

/** Drives one Firefox page, be it a tab, the popup or the sidebar, from the browser window. */
export function createFirefoxChannel(
  chrome: ChromeContext,
  page: OpenPage,
  describeOthers: () => Promise<string>,
): PageChannel {
  const { browserId, kind } = page;
  let { url } = page;
  let errors: string[] = [];

  const ask = async (request: FrameRequest): Promise<string | undefined> => {
    const reply = await chrome.run(askFrame, browserId, request, FRAME_SCRIPT_URL);
    // A navigation starts a new list; what was seen before it is kept.
    errors = [...new Set([...errors, ...reply.consoleErrors])];
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.value;
  };
  const input = async (request: FrameRequest) => {
    await chrome.run(focusPage, browserId);
    await ask(request);
  };

  return {
    evaluate: (expression) => ask({ kind: 'evaluate', expression }),
    shadowText: async (host, selector) =>
      JSON.parse((await ask({ kind: 'shadow-text', host, selector })) ?? 'null'),
    clickAt: (x, y) => input({ kind: 'click', x, y }),
    typeText: (text) => input({ kind: 'text', text }),
    press: (key) => input({ kind: 'key', key }),
    screenshot: async (path) => {
      const dataUrl = await chrome.run(snapshotPage, browserId);
      await writeFile(path, dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');
    },
    setColorScheme: (scheme) => chrome.run(overrideColorScheme, browserId, scheme),
    frameUrls: () => chrome.run(listFrameUrls, browserId),
    isOpen: async () => {
      if (chrome.describeEnd() !== undefined) return false;
      const open = (await chrome.run(listOpenPages)).find((each) => each.browserId === browserId);
      url = open?.url ?? url;
      return open !== undefined;
    },
    close: () => chrome.run(closePage, browserId, kind),
    url: () => url,
    consoleErrors: () => [...errors],
    describeOthers,
  };
}
