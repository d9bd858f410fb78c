import type { EmulatorControl, NewUser, SettingsPatch } from 'clerk-emulator';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { sized } from '../../../../../tools/test-size.ts';
import { test } from '../shared-browser.ts';
import { INTERRUPTIONS, type InterruptionName } from './interruptions.ts';
import { openPlace, type Place } from './places.ts';

/** The extension in a real browser, and the server behind it. */
export interface World {
  browser: ExtensionBrowser;
  control: EmulatorControl;
}

/** One screen, which shows itself again when it is opened anew, and what a person does there. */
export interface Step {
  /** Something that only this screen says. */
  screen: string | RegExp;
  act(page: Surface, world: World): Promise<unknown>;
}

/** A way through Clerk's screens, from the first one. */
export interface Flow {
  /** Left out of `npm test`, because all of its screens are in other flows, too. */
  isOnlyInMatrix?: boolean;
  settings?: SettingsPatch;
  people?: NewUser[];
  /** Up to the first screen that a person comes back to. */
  begin(page: Surface, world: World): Promise<unknown>;
  steps: Step[];
  /** What has to be so when nothing is left to do. */
  end(page: Surface, world: World): Promise<unknown>;
}

const NAMES = Object.keys(INTERRUPTIONS) as InterruptionName[];

/** Where a flow is gone through, and what comes between its screens. */
interface Course {
  title: string;
  place: Place;
  /** What interrupts the flow with this number at this screen, `null` when nothing does. */
  interruption(flow: number, screen: number): InterruptionName | null;
}

const IS_MATRIX = sized({ usual: false, matrix: true });

const COURSES = sized<Course[]>({
  usual: [
    {
      title: '',
      place: 'popup',
      interruption: (flow, screen) => (screen === 0 ? (NAMES[flow % NAMES.length] ?? null) : null),
    },
  ],
  matrix: (['popup', 'panel'] as const).flatMap((place) =>
    NAMES.map((name) => ({ title: `, ${place} ${name}`, place, interruption: () => name })),
  ),
});

/** Registers the tests of some flows: usually each with one interruption, in the matrix with every one at every screen. */
export function testFlows(flows: Record<string, Flow>): void {
  byTurns();
  const chosen = Object.entries(flows).filter(([, flow]) => IS_MATRIX || !flow.isOnlyInMatrix);
  chosen.forEach(([name, flow], number) => {
    for (const course of COURSES) {
      test(`${name}${course.title}`, ({ browser, control }) =>
        goThrough(flow, number, course, { browser, control }));
    }
  });
}

async function goThrough(flow: Flow, number: number, course: Course, world: World): Promise<void> {
  const { browser, control } = world;
  const reopen = () => openPlace(browser, course.place);
  await control.configure(flow.settings ?? {});
  for (const person of flow.people ?? []) await control.createUser(person);
  let page = await reopen();
  await flow.begin(page, world);
  for (const [index, { screen, act }] of flow.steps.entries()) {
    await page.waitForText(screen);
    const name = course.interruption(number, index);
    if (name) {
      page = await INTERRUPTIONS[name](page, world, reopen);
      await page.waitForText(screen);
    }
    await act(page, world);
  }
  await flow.end(page, world);
  await page.close();
}
