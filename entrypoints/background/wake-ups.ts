import { browser } from '#imports';

const ALARM = 'sign-out';

/**
 * Calls `resume` whenever the background has to go on with something by itself: when it starts, when the browser
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
}

/** Rings the alarm once; it wakes a stopped background. Chrome's shortest time is half a minute. */
export async function scheduleRetry(minutes: number): Promise<void> {
  await browser.alarms.create(ALARM, { delayInMinutes: minutes });
}
