import { browser } from 'wxt/browser';

/**
 * The alarms of this package, a reason to wake the background each, so that none delays another; a product would choose no
 * such names for its own.
 */
export const ALARMS = { signIn: 'wxt-clerk-sign-in', signOut: 'wxt-clerk-sign-out' } as const;

export type Alarm = keyof typeof ALARMS;

/** Chrome's alarms wait for this long at least: https://developer.chrome.com/docs/extensions/reference/api/alarms */
export const SHORTEST_ALARM_MINUTES = 0.5;

/** Rings an alarm once, instead of when it was to ring before. It wakes a stopped background, which looks what there is to do. */
export async function setAlarm(alarm: Alarm, minutes: number): Promise<void> {
  await browser.alarms.create(ALARMS[alarm], { delayInMinutes: minutes });
}
