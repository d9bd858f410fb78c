import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';

const folder = inject('production').extensionPath;
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const sizeOf = (file: string) => statSync(join(folder, file)).size;

/** The scripts that a page loads before anything is asked for: its own and what it names for preloading. */
function staticScripts(page: string): string[] {
  return [...read(page).matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, file]) => file ?? '');
}

const BACKGROUND = ['background.js', 'background-clerk.js'];

describe('the built extension', () => {
  test('the background is at most 0.45 MB, Clerk included', () => {
    const size = BACKGROUND.reduce((sum, file) => sum + sizeOf(file), 0);
    expect(size).toBeLessThanOrEqual(450_000);
  });

  test('waking the background does not evaluate Clerk', () => {
    expect(sizeOf('background.js')).toBeLessThanOrEqual(60_000);
  });

  test.each(BACKGROUND)('nothing of React or Clerk’s UI is in %s', (file) => {
    expect(read(file)).not.toMatch(/react-dom|createElement\("|@emotion|cl-signIn|solana\/wallet/i);
  });

  test.each(['popup.html', 'sidepanel.html', 'token-demo.html'])(
    '%s loads at most 300 kB of script before it shows the person',
    (page) => {
      const scripts = staticScripts(page);
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.reduce((sum, file) => sum + sizeOf(file), 0)).toBeLessThanOrEqual(300_000);
    },
  );

  test('the permissions are the least that works', () => {
    const manifest = JSON.parse(read('manifest.json'));
    const panel = inject('browserName') === 'chromium' ? ['sidePanel'] : [];
    expect(manifest.permissions).toEqual(['storage', 'alarms', ...panel]);
    expect(manifest.host_permissions).toEqual(['https://clerk.localhost/*']);
    expect(manifest).not.toHaveProperty('web_accessible_resources');
    expect(manifest).not.toHaveProperty('key');
  });

  test('knows nothing of tests: no word of them in any script', () => {
    const ours = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.js'),
    );
    expect(ours.filter((file) => /puppeteer|__emulator|navigator\.webdriver *=/.test(read(file)))).toEqual(
      [],
    );
  });
});
