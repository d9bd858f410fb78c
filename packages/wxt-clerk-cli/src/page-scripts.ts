/**
 * The scripts that a built page loads before anything is asked for: its own, what it names for preloading, and what its
 * first script loads at once (wxt-clerk's `data-then`).
 */
export function scriptsOfPage(html: string): string[] {
  return [...html.matchAll(/(?:src|href|data-then)="(\/[^"]+\.js)"/g)].flatMap(([, paths = '']) =>
    paths.split(' ').map((path) => path.replace(/^\//, '')),
  );
}
