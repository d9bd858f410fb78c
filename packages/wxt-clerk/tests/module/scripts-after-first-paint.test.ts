// @vitest-environment-options { "settings": { "disableJavaScriptFileLoading": true, "handleDisabledFileLoadingAsSuccess": true } }
import { describe, expect, test } from 'vitest';
import { postponeScripts } from '../../src/module/scripts-after-first-paint';
import { loadScripts } from '../../src/ui/load-scripts';

const FIRST = '<script src="/clerk-first-paint.js" ></script>';
const PAGE = '<script type="module" crossorigin src="/chunks/popup.js"></script>';
const PRELOADS = ['react', 'ui'].map(
  (name) => `<link rel="modulepreload" crossorigin href="/chunks/${name}.js">`,
);
const pageOf = (...head: string[]) => `<head>\n  ${head.join('\n  ')}\n</head><div id="root"></div>`;

describe('the scripts of a built page', () => {
  test('wait for its first paint, all of them', () => {
    const style = '<link rel="stylesheet" crossorigin href="/assets/ui.css">';
    expect(postponeScripts(pageOf(FIRST, PAGE, ...PRELOADS, style))).toBe(
      pageOf(
        '<script src="/clerk-first-paint.js" data-then="/chunks/popup.js /chunks/react.js /chunks/ui.js" ></script>',
        style,
      ),
    );
  });

  test.each([
    ['that has no first paint', pageOf(PAGE, ...PRELOADS)],
    ['with two scripts, whose order would change', pageOf(FIRST, PAGE, PAGE.replace('popup', 'other'))],
    ['without a module', pageOf(FIRST)],
  ])('stay as they are in one %s', (_, html) => {
    expect(postponeScripts(html)).toBe(html);
  });
});

describe('a page whose scripts were put off', () => {
  const newPage = () => new DOMParser().parseFromString(pageOf(), 'text/html');
  const loadedBy = ({ head }: Document) =>
    [...head.children].map((each) => [each.getAttribute('src') ?? each.getAttribute('href'), each.outerHTML]);

  test('gets them, what they import first', async () => {
    const page = newPage();
    await loadScripts(page, ['/chunks/popup.js', '/chunks/react.js']);
    expect(loadedBy(page)).toEqual([
      ['/chunks/react.js', expect.stringContaining('rel="modulepreload"')],
      ['/chunks/popup.js', expect.stringContaining('type="module"')],
    ]);
  });

  test('gets none before it is parsed', async () => {
    const page = newPage();
    let state = 'loading';
    Object.defineProperty(page, 'readyState', { get: () => state });
    const loaded = loadScripts(page, ['/chunks/popup.js']);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(loadedBy(page)).toEqual([]);
    state = 'interactive';
    page.dispatchEvent(new Event('DOMContentLoaded'));
    await loaded;
    expect(loadedBy(page)).toHaveLength(1);
  });

  test('in development mode, where its HTML has them, gets none twice', async () => {
    const page = newPage();
    await loadScripts(page, []);
    expect(loadedBy(page)).toEqual([]);
  });
});
