// @vitest-environment node
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BUILD_SETTINGS_FILE, formatBuildSettings, loadBuildSettings } from '../../src/module/settings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const SETTINGS = { WXT_CLERK_PUBLISHABLE_KEY: 'pk_live_saved' };

function load(environment: Record<string, string>): Record<string, string> {
  loadBuildSettings(folder, environment);
  return environment;
}

test('what a build was made with comes back in an empty environment', () => {
  writeFileSync(join(folder, BUILD_SETTINGS_FILE), formatBuildSettings({ ...SETTINGS, PATH: '/bin' }));
  expect(load({})).toEqual(SETTINGS);
});

test('what the environment says wins; an empty variable says nothing', () => {
  writeFileSync(join(folder, BUILD_SETTINGS_FILE), formatBuildSettings(SETTINGS));
  expect(load({ WXT_CLERK_PUBLISHABLE_KEY: 'pk_live_mine' })).toEqual({
    WXT_CLERK_PUBLISHABLE_KEY: 'pk_live_mine',
  });
  expect(load({ WXT_CLERK_PUBLISHABLE_KEY: '' })).toEqual(SETTINGS);
});

test('a checkout of the repository has no such file, and nothing is set', () => {
  expect(load({})).toEqual({});
});
