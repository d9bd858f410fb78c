// @vitest-environment node
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { createApp } from '../src/app.ts';
import { createControl } from '../src/control.ts';
import { createCore } from '../src/core.ts';
import { startSettings } from '../src/state/settings.ts';
import { createTokenSigner } from '../src/tokens.ts';
import { Endpoints } from '../src/webhooks/endpoints.ts';
import { Webhooks } from '../src/webhooks/webhooks.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

const EXAMPLES = [...README.matchAll(/```ts\n(.*?)```/gs)].map(([, example]) => example ?? '');

it.each([
  [0, /^pk_live_/],
  [1, /^user\.updated/],
])('has examples that run: %i', async (index, printed) => {
  // Inside the package, where its own name resolves.
  const folder = await mkdtemp(join(import.meta.dirname, 'example-'));
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    await writeFile(join(folder, 'example.ts'), EXAMPLES[index] ?? '');
    await import(join(folder, 'example.ts'));
  } finally {
    await rm(folder, { recursive: true });
  }
  expect(log).toHaveBeenCalledWith(expect.stringMatching(printed));
});

/** Which operations an area of the table stands for. */
const AREAS: Record<string, RegExp> = {
  Environment: /^\/v1\/environment/,
  'Client, dev browser': /^\/v1\/(client|dev_browser)$/,
  'Sign-ins': /^\/v1\/client\/sign_ins/,
  'Sign-ups': /^\/v1\/client\/sign_ups/,
  'Sessions, devices': /^\/v1\/(client|me)\/sessions/,
  Account: /^\/v1\/me(\/(metadata|profile_image|change_password|remove_password))?$/,
  'E-mail addresses': /^\/v1\/me\/email_addresses/,
  'Phone numbers': /^\/v1\/me\/phone_numbers/,
  'Second factors': /^\/v1\/me\/(totp|backup_codes)/,
  Passkeys: /^\/v1\/me\/passkeys/,
  'Single sign-on': /^\/v1\/oauth_callback/,
  'Connected accounts': /^\/v1\/me\/(external_accounts|enterprise_connections)/,
  Handshake: /^\/v1\/client\/handshake$/,
  'Links in mails': /^\/v1\/verify$/,
  Waitlist: /^\/v1\/waitlist/,
  Keys: /^\/\.well-known/,
  Organizations: /^\/v1\/.*organization/,
};

it('counts in its table what there is', async () => {
  const core = createCore(
    { url: 'https://clerk.localhost', providerUrl: 'http://127.0.0.1:1' },
    await createTokenSigner(),
    {},
  );
  const { routes } = createApp(core, createControl(core, new Webhooks(core, new Endpoints([], []))));
  const operations = new Set(
    routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
  );
  const counted = Object.entries(AREAS).map(([area, pattern]) => {
    const own = [...operations].filter((operation) => pattern.test(operation.split(' ')[1] ?? ''));
    return [area, own.length];
  });
  const written = Object.keys(AREAS).map((area) => {
    const [, count] = new RegExp(`^\\| ${area} +\\| (\\d+) of`, 'm').exec(README) ?? [];
    return [area, Number(count)];
  });
  expect(written).toEqual(counted);
});

it('names every setting', () => {
  const rows = [...README.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);
  expect(rows).toEqual(expect.arrayContaining(Object.keys(startSettings({}))));
});
