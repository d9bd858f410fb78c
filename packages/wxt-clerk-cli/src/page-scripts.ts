/** The scripts that a built page loads before anything is asked for: its own and what it names for preloading. */
export function scriptsOfPage(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, file]) => file ?? '');
}
