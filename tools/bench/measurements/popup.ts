import { createFigure, type Figure } from '../figure.ts';
import { type PopupTimes, readPopupTimes, watchPopup } from '../page-functions.ts';
import type { Plan } from '../plan.ts';
import { type Contestant, PLAIN_POPUP, type Stand } from '../stand.ts';
import { rotated } from '../statistics.ts';

const TIMEOUT_MS = 15_000;

/** What stands in the popup when nothing is missing any more: Clerk's user button comes after the name. */
const LAST_ELEMENT = { ours: '.wxt-clerk-profile-name', guide: '.cl-userButtonTrigger', echo: 'p' };
type Shown = keyof typeof LAST_ELEMENT;

/**
 * The toolbar popup of a signed-in person, as they find it after a while: the background is stopped, the Frontend API
 * 80 ms away. From the start of the popup's navigation to the person's name in its document (see `watchPopup`); what the
 * browser needs to make the popup's window is before that and the same for both.
 */
export async function measurePopup({ emulator, contestants }: Stand, plan: Plan): Promise<Figure[]> {
  await emulator.control.configure({ latencyMs: 80 });
  const { firstName, lastName } = emulator.seededUser;
  const times: Record<Shown, PopupTimes[]> = { ours: [], guide: [], echo: [] };
  const shown: Shown[] = ['ours', 'guide', 'echo'];
  const person = `${firstName} ${lastName}`;
  const warmUps = 2;
  for (let round = 0; round < plan.popupSamples + warmUps; round += 1) {
    for (const who of rotated(shown, round)) {
      const text = who === 'echo' ? PLAIN_POPUP : person;
      const time = await openOnce(contestants[who], text, LAST_ELEMENT[who]);
      if (round >= warmUps) times[who].push(time);
    }
  }
  const samplesOf = (who: Shown, what: keyof PopupTimes) =>
    times[who].map((time) => time[what]).filter((time) => time !== null);
  return [
    createFigure({
      id: 'popup-name-80',
      name: 'signed-in popup until the name shows, Frontend API 80 ms away',
      unit: 'ms',
      ours: samplesOf('ours', 'text'),
      against: ['guide', samplesOf('guide', 'text')],
      goal: { kind: 'times-better', factor: 5 },
    }),
    createFigure({
      id: 'popup-whole-80',
      name: 'signed-in popup until all of it shows (the guide’s: its user button), 80 ms away',
      unit: 'ms',
      ours: samplesOf('ours', 'element'),
      against: ['guide', samplesOf('guide', 'element')],
    }),
    createFigure({
      id: 'popup-name-plain',
      name: 'signed-in popup until the name shows, beside a popup with one word in it',
      unit: 'ms',
      ours: samplesOf('ours', 'text'),
      against: ['plain popup', samplesOf('echo', 'text')],
      goal: { kind: 'at-most-times', factor: 1.5 },
    }),
    ...paintFigure(samplesOf('ours', 'paint'), samplesOf('echo', 'paint')),
  ];
}

function paintFigure(ours: number[], plain: number[]): Figure[] {
  if (ours.length === 0 || plain.length === 0) return [];
  return [
    createFigure({
      id: 'popup-paint-plain',
      name: 'first paint of the signed-in popup, beside a popup with one word in it',
      unit: 'ms',
      ours,
      against: ['plain popup', plain],
      goal: { kind: 'at-most-times', factor: 1.5 },
    }),
  ];
}

/** Opens the popup once, with the background stopped, and closes it again. @returns When it showed what was waited for. */
export async function openOnce(
  { browser, page }: Contestant,
  text: string,
  lastElement: string,
): Promise<PopupTimes> {
  await browser.stopBackground();
  await page.evaluate(watchPopup, text, lastElement, TIMEOUT_MS);
  const popup = await browser.openPopup();
  const times = await page.evaluate(readPopupTimes);
  await popup.close();
  return times;
}
