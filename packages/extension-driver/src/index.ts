export { hasDisplay } from './display.ts';
export * from './driver/index.ts';
export { launchBrowser } from './driver/launch-browser.ts';
export { describeBrowser, type FoundBrowser, findBrowser } from './find-browser.ts';
