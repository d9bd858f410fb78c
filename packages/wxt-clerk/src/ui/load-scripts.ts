/**
 * Loads a page's script once the page is parsed, as its HTML would have.
 *
 * @param paths The script's, and those of what it imports: without them it would find one after the other. None: nothing to do.
 */
export async function loadScripts(document: Document, [path, ...imported]: string[]): Promise<void> {
  if (path === undefined) return;
  if (document.readyState === 'loading')
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
  // What was painted comes onto the screen first.
  await new Promise((resolve) => setTimeout(resolve));
  for (const href of imported)
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
  document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: path }));
}
