import { browser } from 'wxt/browser';

const ALARM = 'sign-out';

// Whoever woke the background is answered first.
const AFTER_START_MS = 1000;

/**
 * Calls `resume` whenever the background has to go on with something by itself: soon after it starts, when the browser
 * starts, when the network is back, and when the alarm of `scheduleRetry` rings.
 */
export function resumeOnWakeUp(resume: () => Promise<void>): void {
  // A failure is tried again at the next wake-up; there is nobody here to be told.
  const go = () => void resume().catch(() => {});
  browser.runtime.onStartup.addListener(go);
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) go();
  });
  addEventListener('online', go);
  setTimeout(go, AFTER_START_MS);
}

/** Rings the alarm once; it wakes a stopped background. Chrome's shortest time is half a minute. */
export async function scheduleRetry(minutes: number): Promise<void> {
  await browser.alarms.create(ALARM, { delayInMinutes: minutes });
}
