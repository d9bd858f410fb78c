import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { sized } from '../../../../../tools/test-size.ts';
import type { FuzzPlan, FuzzResult } from '../../support/fuzz/fuzz-background.ts';
import type { Outcome } from '../../support/hostile/content-script.ts';
import { hostileFrame } from '../../support/hostile/frames.ts';
import { ask, signIn } from '../fixtures.ts';
import { pageOf, test } from './fixtures.ts';

byTurns();

const MESSAGES = sized({ usual: 1000, matrix: 10_000 });

interface FuzzingPage {
  fuzzing: { fuzzBackground(plan: FuzzPlan): Promise<FuzzResult> };
}

interface WatchedBackground {
  watch: { prototype: string[]; problems: string[] };
}

let fuzzing: string;
beforeAll(async () => {
  const entry = fileURLToPath(new URL('../../support/fuzz/fuzz-background.ts', import.meta.url));
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'fuzzing' } },
  });
  const [bundle] = output as Rolldown.RolldownOutput[];
  fuzzing = bundle?.output[0].code ?? '';
});

/** Runs in the background: remembers what objects inherit, and everything that nobody catches from now on. */
function watchBackground(): void {
  const watch = { prototype: Object.getOwnPropertyNames(Object.prototype), problems: [] as string[] };
  (globalThis as unknown as WatchedBackground).watch = watch;
  addEventListener('unhandledrejection', ({ reason }) => watch.problems.push(`unhandled: ${reason}`));
  addEventListener('error', ({ message }) => watch.problems.push(`uncaught: ${message}`));
}

/** Runs in the background: what has changed there. A background that was started anew knows of no watch. */
function findDamage(): string[] {
  const { watch } = globalThis as unknown as Partial<WatchedBackground>;
  if (!watch) return ['the background was started anew'];
  const names = Object.getOwnPropertyNames(Object.prototype);
  const inherited = names.filter((name) => !watch.prototype.includes(name));
  return [...watch.problems, ...inherited.map((name) => `every object inherits "${name}"`)];
}

describe('messages that nobody honest sends', () => {
  test('thousands of them, from an own page, are each answered as bad requests and change nothing', async ({
    browser,
    instance,
  }) => {
    const page = await signIn(browser, instance);
    await page.addScript(fuzzing);
    await browser.evaluateInBackground(watchBackground);
    const seed = Date.now() % 2 ** 31;
    const plan: FuzzPlan = { seed, count: MESSAGES, isCloned: browser.name === 'firefox' };
    const result = await page.evaluate(
      (plan: FuzzPlan) => (globalThis as unknown as FuzzingPage).fuzzing.fuzzBackground(plan),
      plan,
    );
    expect(result, `seed ${seed}`).toEqual({ outcomes: { 'bad-request': MESSAGES }, surprises: [] });
    expect(await browser.evaluateInBackground(findDamage), `seed ${seed}`).toEqual([]);
    expect(await page.evaluate(() => 'polluted' in {} || 'x' in {})).toBe(false);
    expect(await ask(page, { type: 'get-user' })).toMatchObject({ ok: true, value: { firstName: 'Ada' } });
  });

  test('a flood from a content script is limited, and nobody else is', async ({ browser }) => {
    const page = await browser.openPage('own-page.html');
    const flooder = await hostileFrame(await browser.openWebPage(pageOf('granted')));
    const neighbour = await hostileFrame(await browser.openWebPage(pageOf('granted')));
    const whoIsIt = { type: 'get-user' };

    const flood = flooder.ask(...Array.from({ length: 400 }, () => whoIsIt));
    const meanwhile = await neighbour.ask(...Array.from({ length: 10 }, () => whoIsIt));
    const own = await ask(page, whoIsIt);
    const outcomes = await flood;

    const served = { reply: { ok: true, value: null } };
    expect(own).toMatchObject({ ok: true, value: null });
    expect(meanwhile).toMatchObject(meanwhile.map(() => served));
    const counts = Object.groupBy(outcomes, codeOf);
    expect(Object.keys(counts).toSorted()).toEqual(['ok', 'rate-limited']);
    expect(counts['rate-limited']?.length).toBeGreaterThan(300);
    const limited = { reply: { error: { retryAfterMs: expect.any(Number) } } };
    expect(counts['rate-limited']).toMatchObject(counts['rate-limited']?.map(() => limited) ?? []);
    await expect.poll(() => flooder.ask(whoIsIt)).toMatchObject([served]);
  });
});

function codeOf(outcome: Outcome): string {
  if ('failure' in outcome) return outcome.failure;
  const reply = outcome.reply as { ok?: boolean; error?: { code?: string } };
  return reply.ok ? 'ok' : String(reply.error?.code);
}
