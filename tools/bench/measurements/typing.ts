import { createFigure, type Figure } from '../figure.ts';
import type { Plan } from '../plan.ts';
import type { Contestant, Stand } from '../stand.ts';
import { rotated } from '../statistics.ts';
import { openOnce } from './popup.ts';

const FIRST_FIELD = 'input:not([type=hidden]):not(:disabled)';
/** The field of Clerk's form, which in ours takes over what was typed before it came. */
const CLERKS_FIELD = 'input[name=identifier]:not(:disabled)';

type Shown = 'ours' | 'guide';
const SHOWN: Shown[] = ['ours', 'guide'];

/**
 * The toolbar popup of who is signed out, until its first field can be typed into, and until that is Clerk's own. Ends the
 * sessions of both: to be measured last of what needs one.
 */
export async function measureTyping({ emulator, contestants }: Stand, plan: Plan): Promise<Figure[]> {
  await signOut(contestants.ours, { type: 'sign-out' });
  await signOut(contestants.guide, null);
  const figures: Figure[] = [];
  for (const latencyMs of [0, 80]) {
    await emulator.control.configure({ latencyMs });
    const first = await timesOf(FIRST_FIELD, contestants, plan);
    const clerks = await timesOf(CLERKS_FIELD, contestants, plan);
    const away = `Frontend API ${latencyMs} ms away`;
    figures.push(
      createFigure({
        id: `typing-${latencyMs}`,
        name: `signed-out popup until one can type, ${away}`,
        unit: 'ms',
        ours: first.ours,
        against: ['guide', first.guide],
        goal: { kind: 'times-better', factor: 2 },
      }),
      createFigure({
        id: `typing-clerk-${latencyMs}`,
        name: `signed-out popup until Clerk’s own field is there, ${away}`,
        unit: 'ms',
        ours: clerks.ours,
        against: ['guide', clerks.guide],
      }),
    );
  }
  return figures;
}

async function timesOf(
  field: string,
  contestants: Stand['contestants'],
  plan: Plan,
): Promise<Record<Shown, number[]>> {
  const times: Record<Shown, number[]> = { ours: [], guide: [] };
  const warmUps = 2;
  for (let round = 0; round < plan.popupSamples + warmUps; round += 1) {
    for (const who of rotated(SHOWN, round)) {
      const { element } = await openOnce(contestants[who], '', field);
      if (round >= warmUps) times[who].push(element);
    }
  }
  return times;
}

/** @param message What signs out; `null` where there is none: then what the extension has stored is taken away. */
async function signOut({ page }: Contestant, message: object | null): Promise<void> {
  await page.evaluate(async (asked: object | null) => {
    interface Api {
      runtime: { sendMessage(message: object): Promise<unknown> };
      storage: { local: { clear(): Promise<void> } };
    }
    const scope = globalThis as unknown as { browser?: Api; chrome: Api };
    const { runtime, storage } = scope.browser ?? scope.chrome;
    if (asked) await runtime.sendMessage(asked);
    else await storage.local.clear();
  }, message);
}
