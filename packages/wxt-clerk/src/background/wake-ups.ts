import { browser } from 'wxt/browser';
import { ALARMS } from '../shared/alarm';

const OURS: readonly string[] = Object.values(ALARMS);

// Whoever woke the background is answered first.
const AFTER_START_MS = 1000;

/**
 * Calls `resume` whenever the background has to go on with something by itself: soon after it starts, when the browser
 * starts, when the network is back, and when an alarm rings.
 */
export function resumeOnWakeUp(resume: () => Promise<void>): void {
  // A failure is tried again at the next wake-up; there is nobody here to be told.
  const go = () => void resume().catch(() => {});
  browser.runtime.onStartup.addListener(go);
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (OURS.includes(name)) go();
  });
  addEventListener('online', go);
  setTimeout(go, AFTER_START_MS);
}
