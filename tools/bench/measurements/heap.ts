import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer, { type CDPSession } from 'puppeteer-core';
import { createFigure, type Figure } from '../figure.ts';
import type { Plan } from '../plan.ts';
import { ask, type Contestant, type Stand } from '../stand.ts';

/** The background's heap after many asks, beside the heap before them; both after a garbage collection. Chromium only. */
export async function measureHeap({ contestants }: Stand, { heapAsks }: Plan): Promise<Figure[]> {
  const { ours } = contestants;
  // What the first asks leave behind (compiled code, caches of the browser) is not growth.
  await ask(ours, { samples: 10, atOnce: 100 });
  const debuggerSide = await attachToBackground(ours);
  try {
    const before = await readHeap(debuggerSide.session);
    await ask(ours, { samples: heapAsks / 100, atOnce: 100 });
    const after = await readHeap(debuggerSide.session);
    return [
      createFigure({
        id: 'heap',
        name: `heap of the background after ${heapAsks.toLocaleString('en')} get-token`,
        unit: 'bytes',
        ours: [after],
        against: ['before', [before]],
        goal: { kind: 'at-most-times', factor: 1.1 },
      }),
    ];
  } finally {
    await debuggerSide.detach();
  }
}

/** Opens a second connection to the browser, beside the driver's, to its service worker. */
async function attachToBackground({ profilePath, browser }: Contestant) {
  const [port, path] = (await readFile(join(profilePath, 'DevToolsActivePort'), 'utf8')).split('\n');
  const connection = await puppeteer.connect({ browserWSEndpoint: `ws://127.0.0.1:${port}${path}` });
  const target = await connection.waitForTarget(
    (each) => each.type() === 'service_worker' && each.url().startsWith(browser.extensionOrigin),
  );
  const session = await target.createCDPSession();
  const detach = async () => {
    await session.detach();
    await connection.disconnect();
  };
  return { session, detach };
}

/** Bytes in use when nothing is left to collect. */
async function readHeap(session: CDPSession): Promise<number> {
  // Twice: what a finalizer lets go of in the first is collected in the second.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}
