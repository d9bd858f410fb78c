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

/** `5 sec`, `5 Sek.` */
export function formatSeconds(seconds: number): string {
  const unit = { style: 'unit', unit: 'second', unitDisplay: 'short' } as const;
  return new Intl.NumberFormat(formatLocale(), unit).format(seconds);
}
