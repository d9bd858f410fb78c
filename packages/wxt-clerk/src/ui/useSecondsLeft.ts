import { useEffect, useState } from 'react';
import { formatLocale } from '../shared/i18n';

/** Whole seconds until a Unix time in milliseconds, counting down to 0. */
export function useSecondsLeft(expiresAt: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= expiresAt) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [expiresAt]);
  return Math.max(0, Math.ceil((expiresAt - now) / 1000));
}

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

/** `5 sec`, `5 Sek.` */
export function formatSeconds(seconds: number): string {
  const unit = { style: 'unit', unit: 'second', unitDisplay: 'short' } as const;
  return new Intl.NumberFormat(formatLocale(), unit).format(seconds);
}
