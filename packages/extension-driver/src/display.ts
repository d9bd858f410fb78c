import { existsSync } from 'node:fs';

/** Is there a screen, also a virtual one, that a browser can open a window on? */
export function hasDisplay(environment = process.env, platform = process.platform): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = environment;
  // WSL and containers may name a display that is not there; a Wayland socket is not looked for.
  if (DISPLAY?.startsWith(':')) return existsSync(`/tmp/.X11-unix/X${Number.parseInt(DISPLAY.slice(1), 10)}`);
  return platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
}
