import { formatLocale } from 'wxt-clerk/client';

/** `0:59`, `12:05`. */
export function formatRemaining(seconds: number): string {
  const clock = new Intl.DurationFormat(formatLocale(), {
    style: 'digital',
    // Without hours of its own style the minutes would have two digits: `00:59`.
    hours: 'narrow',
    hoursDisplay: 'auto',
    minutes: 'numeric',
    minutesDisplay: 'always',
  });
  return clock.format({ minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}
