// @vitest-environment node
import { expect, onTestFinished, test } from 'vitest';
import { startDemoSite } from '../demo-site/index.ts';

test('the demo’s web page is there, and nothing else is at its address', async () => {
  const site = await startDemoSite();
  onTestFinished(() => site.close());
  const at = (path: string) => fetch(site.url.replace('localhost', '127.0.0.1') + path);
  expect(await (await at('')).text()).toContain('This page never sees a token');
  expect((await at('me')).status).toBe(404);
});
