import { browser } from 'wxt/browser';

/** The one alarm of this package; its name is not one that a product would choose for its own. */
export const ALARM = 'wxt-clerk';

/** Chrome's alarms wait for this long at least. */
export const SHORTEST_ALARM_MINUTES = 0.5;

/** Rings the alarm once, instead of when it was to ring before. It wakes a stopped background, which looks what there is to do. */
export async function setAlarm(minutes: number): Promise<void> {
  await browser.alarms.create(ALARM, { delayInMinutes: minutes });
}
