// @vitest-environment node
import { describe, expect, it, test } from 'vitest';
import { isAuthorizedParty, parseParties, webOrigins } from '../src/access/parties.ts';
import { CHROME, FIREFOX, WEB_APP } from './support/server.ts';

const OTHER_CHROME = `chrome-extension://${'ponmlkjihgfedcba'.repeat(2)}`;
const OTHER_FIREFOX = 'moz-extension://00000000-0000-4000-8000-000000000000';
const FOREIGN = 'https://evil.example';

describe('who sent it', () => {
  // Columns: what AUTHORIZED_PARTIES says. Rows: the token's "azp", and in which columns it counts.
  const settings = [CHROME, WEB_APP, 'moz-extension://*', 'none', FIREFOX];
  test.each<[azp: string | undefined, accepted: string[]]>([
    [CHROME, [CHROME]],
    [OTHER_CHROME, []],
    [FIREFOX, ['moz-extension://*', FIREFOX]],
    [OTHER_FIREFOX, ['moz-extension://*']],
    [undefined, ['none']],
    [WEB_APP, [WEB_APP]],
    [FOREIGN, []],
    ['', []],
    ['none', []],
    ['null', []],
    ['*', []],
    ['moz-extension://*', []],
    ['moz-extension://evil.example', []],
    [`${WEB_APP}.evil.example`, []],
    [`${WEB_APP}/`, []],
    ['http://app.example.com', []],
    [WEB_APP.toUpperCase(), []],
  ])('%s', (azp, accepted) => {
    expect(settings.filter((setting) => isAuthorizedParty(azp, parseParties(setting)))).toEqual(accepted);
  });
});

describe('AUTHORIZED_PARTIES', () => {
  it('has several with commas between them', () => {
    const parties = parseParties(` ${CHROME} , ${WEB_APP},http://localhost:5173,none, `);
    expect(parties).toEqual({
      origins: [CHROME, WEB_APP, 'http://localhost:5173'],
      anyFirefoxExtension: false,
      none: true,
    });
    expect(webOrigins(parties)).toEqual([WEB_APP, 'http://localhost:5173']);
  });

  test.each([null, '', ' ', ',', ' , '])('with nobody in it (%j) is refused', (value) => {
    expect(() => parseParties(value)).toThrow('is not set');
  });

  test.each([
    '*',
    'null',
    'all',
    'chrome-extension://*',
    'chrome-extension://short',
    `${CHROME}/`,
    'https://app.example.com/',
    'https://app.example.com/path',
    'https://*.example.com',
    'app.example.com',
    'http://app.example.com',
    'https://user:secret@app.example.com',
    'HTTPS://app.example.com',
    'file:///tmp',
    `${CHROME};${WEB_APP}`,
  ])('refuses %s', (entry) => {
    expect(() => parseParties(`${WEB_APP},${entry}`)).toThrow(`got "${entry}"`);
  });
});
