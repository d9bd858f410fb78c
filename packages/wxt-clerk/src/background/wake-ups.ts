import { browser } from 'wxt/browser';
import { ALARMS, type Alarm } from '../shared/alarm';

const NAMES = Object.keys(ALARMS) as Alarm[];

// Whoever woke the background is answered first.
const AFTER_START_MS = 1000;

/**
 * Calls `resume` whenever the background has to go on with something by itself: soon after it starts, when the browser
 * starts, when the network is back, and when an alarm rings.
 */
export function resumeOnWakeUp(resume: (alarm?: Alarm) => Promise<void>): void {
  // A failure is tried again at the next wake-up; there is nobody here to be told.
  const go = (alarm?: Alarm) => void resume(alarm).catch(() => {});
  browser.runtime.onStartup.addListener(() => go());
  browser.alarms.onAlarm.addListener(({ name }) => {
    const alarm = NAMES.find((each) => ALARMS[each] === name);
    if (alarm) go(alarm);
  });
  addEventListener('online', () => go());
  setTimeout(go, AFTER_START_MS);
}
