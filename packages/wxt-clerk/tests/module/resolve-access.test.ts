import { describe, expect, test } from 'vitest';
import { resolveAccess } from '../../src/module/resolve-access';
import {
  type AccessConfig,
  isCovered,
  isPatternCovered,
  matchPatternOf,
} from '../../src/shared/access-config';

const NOBODY: AccessConfig = { contentScript: { matches: [] }, tokens: [], apiOrigins: [] };
const SITE = 'https://app.example.com';

const resolve = (changes: Partial<AccessConfig>) => resolveAccess({ ...NOBODY, ...changes }, {});

describe('the access configuration', () => {
  test('may name nobody', () => {
    expect(resolveAccess(NOBODY, {})).toEqual(NOBODY);
  });

  test.each([{}, { contentScript: {} }, { apiOrigins: [] }])(
    'names nobody in the lists that %j leaves out',
    (config) => {
      expect(resolveAccess(config, {})).toEqual(NOBODY);
    },
  );

  test('may name only who is told who is signed in', () => {
    const status = ['https://*/*'];
    expect(resolveAccess({ contentScript: { status } }, {}).contentScript).toEqual({ matches: [], status });
  });

  test('is what the file says when the environment says nothing', () => {
    const config: AccessConfig = {
      contentScript: { matches: [`${SITE}/*`] },
      tokens: [{ origin: SITE, template: 'api' }],
      apiOrigins: ['https://api.example.com'],
    };
    const blank = { WXT_CONTENT_SCRIPT_MATCHES: '', WXT_TOKEN_ORIGINS: ' , ' };
    expect(resolveAccess(config, blank)).toEqual(config);
  });

  test('is what the environment says, list by list', () => {
    const config = { ...NOBODY, apiOrigins: ['https://api.example.com'] };
    const environment = {
      WXT_CONTENT_SCRIPT_MATCHES: 'http://localhost/*, https://*.example.org/app/*',
      WXT_TOKEN_ORIGINS: 'http://localhost:5000, https://a.example.org=api',
    };
    expect(resolveAccess(config, environment)).toEqual({
      contentScript: { matches: ['http://localhost/*', 'https://*.example.org/app/*'] },
      tokens: [{ origin: 'http://localhost:5000' }, { origin: 'https://a.example.org', template: 'api' }],
      apiOrigins: ['https://api.example.com'],
    });
  });

  test.each([
    'https://api.example.com',
    'https://api.example.com:8443',
    'http://localhost:3000',
    'http://api.localhost',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
  ])('takes the origin %s', (origin) => {
    expect(resolve({ apiOrigins: [origin] }).apiOrigins).toEqual([origin]);
  });

  test.each([
    ['https://*.example.com', 'wildcard'],
    ['*', 'wildcard'],
    ['<all_urls>', 'not an origin'],
    ['api.example.com', 'not an origin'],
    ['http://api.example.com', 'neither https nor http on localhost'],
    ['http://localhost.evil.example', 'neither https nor http on localhost'],
    ['ftp://api.example.com', 'neither https nor http on localhost'],
    ['wss://api.example.com', 'neither https nor http on localhost'],
    ['javascript:alert(1)', 'neither https nor http on localhost'],
    ['https://api.example.com/', 'more than an origin'],
    ['https://api.example.com/v1', 'more than an origin'],
    ['https://user:secret@api.example.com', 'more than an origin'],
    ['https://api.example.com?x', 'more than an origin'],
    ['https://API.example.com', 'its exact form: https://api.example.com'],
    ['https://api.example.com:443', 'its exact form: https://api.example.com'],
  ])('stops at the origin %s and says why, in either list', (origin, problem) => {
    expect(() => resolve({ apiOrigins: [origin] })).toThrow(
      new RegExp(`^apiOrigins in access\\.config\\.ts names "${escapeRegExp(origin)}", .*${problem}`),
    );
    expect(() => resolve({ tokens: [{ origin }] })).toThrow(problem);
    expect(() => resolveAccess(NOBODY, { WXT_API_ORIGINS: origin })).toThrow(
      `WXT_API_ORIGINS names "${origin}"`,
    );
  });

  test.each(['https://app.example.com/*', 'https://*.example.com/app/*', 'http://*.localhost/*'])(
    'takes the match pattern %s',
    (pattern) => {
      expect(resolve({ contentScript: { matches: [pattern] } }).contentScript.matches).toEqual([pattern]);
    },
  );

  test.each([
    ['<all_urls>', 'not a match pattern for web pages'],
    ['file:///*', 'not a match pattern for web pages'],
    ['*://*/*', 'not a match pattern for web pages'],
    ['https://app.example.com', 'not a match pattern for web pages'],
    [
      'https://app.example.com:8443/*',
      'which has a port. Leave it out, and every port of that host is meant: https://app.example.com/*.',
    ],
    [
      'http://localhost:3000/*',
      'which has a port. Leave it out, and every port of that host is meant: http://localhost/*.',
    ],
    ['http://localhost:*/*', 'which has a port'],
    ['http://[::1]:3000/*', 'every port of that host is meant: http://[::1]/*.'],
    ['https://app.*.com/*', 'not a match pattern for web pages'],
    ['http://app.example.com/*', 'anybody on the network can change'],
    ['http://*/*', 'anybody on the network can change'],
    ['https://*/*', 'every web page, and each could ask your API'],
    ['https://*.com/*', 'and anybody can have a site under "com"'],
    ['https://*.co.uk/*', 'and anybody can have a site under "co.uk"'],
    ['https://*.github.io/*', 'and anybody can have a site under "github.io"'],
    ['https://github.io/*', 'and anybody can have a site under "github.io"'],
  ])('stops at the match pattern %s and says why', (pattern, problem) => {
    expect(() => resolve({ contentScript: { matches: [pattern] } })).toThrow(
      `contentScript.matches in access.config.ts names "${pattern}", `,
    );
    expect(() => resolve({ contentScript: { matches: [pattern] } })).toThrow(problem);
  });

  test('lets content scripts of every page ask who is signed in, and no more', () => {
    const contentScript = { matches: [], status: ['https://*/*', 'https://me.github.io/*'] };
    expect(resolve({ contentScript })).toEqual({ ...NOBODY, contentScript });
    expect(resolveAccess(NOBODY, { WXT_CONTENT_SCRIPT_STATUS: 'https://*/*' }).contentScript).toEqual({
      matches: [],
      status: ['https://*/*'],
    });
    expect(() => resolve({ contentScript, tokens: [{ origin: SITE }] })).toThrow('no content script runs on');
  });

  test.each(['<all_urls>', '*://*/*', 'http://*/*', 'https://*.co.uk/*'])(
    'stops at %s for those, too',
    (pattern) => {
      expect(() => resolve({ contentScript: { matches: [], status: [pattern] } })).toThrow(
        `contentScript.status in access.config.ts names "${pattern}", `,
      );
    },
  );

  test('names the place of the configuration', () => {
    expect(() =>
      resolveAccess({ ...NOBODY, apiOrigins: ['*'] }, {}, 'access of clerk in wxt.config.ts'),
    ).toThrow(/^apiOrigins in access of clerk in wxt\.config\.ts names/);
  });

  test('stops at a token origin that no content script runs on', () => {
    expect(() => resolve({ tokens: [{ origin: SITE }] })).toThrow('which no content script runs on');
  });

  test.each([
    [{ origin: SITE }, { origin: SITE, template: 'api' }],
    [{ origin: SITE }, { origin: SITE }],
  ])('stops at a token origin that is named twice', (...tokens) => {
    const contentScript = { matches: [`${SITE}/*`] };
    expect(() => resolve({ contentScript, tokens })).toThrow(`names "${SITE}", which is there already`);
    const environment = { WXT_CONTENT_SCRIPT_MATCHES: `${SITE}/*`, WXT_TOKEN_ORIGINS: `${SITE},${SITE}=api` };
    expect(() => resolveAccess(NOBODY, environment)).toThrow(`WXT_TOKEN_ORIGINS names "${SITE}"`);
  });

  test.each(['', 'two words', 'a/b', '../x', 'x'.repeat(129)])(
    'stops at the JWT template "%s"',
    (template) => {
      const contentScript = { matches: [`${SITE}/*`] };
      expect(() => resolve({ contentScript, tokens: [{ origin: SITE, template }] })).toThrow('JWT template');
    },
  );
});

describe('an access configuration that the compiler would not have taken', () => {
  test.each<[string, unknown, RegExp]>([
    [
      'a token grant that is a text',
      { ...NOBODY, tokens: [SITE] },
      /at tokens\.0: expected Object, seen "https:/,
    ],
    ['a token grant without its origin', { ...NOBODY, tokens: [{}] }, /at tokens\.0\.origin: expected/],
    [
      'a text for a list',
      { ...NOBODY, contentScript: { matches: `${SITE}/*` } },
      /at contentScript\.matches: expected Array, seen "https:/,
    ],
    [
      'a name that nothing reads',
      { ...NOBODY, contentScript: { matches: [], match: [] } },
      /contentScript\.match:/,
    ],
    [
      'a list that is none',
      { ...NOBODY, apiOrigins: 'https://api.example' },
      /at apiOrigins: expected Array/,
    ],
    [
      'an entry that is not there',
      { ...NOBODY, apiOrigins: [undefined] },
      /at apiOrigins\.0: expected string/,
    ],
    ['nothing at all', undefined, /at its top: expected Object, seen undefined/],
  ])('stops at %s, and says where', (_, config, message) => {
    expect(() => resolveAccess(config as AccessConfig, {})).toThrow(
      /^access\.config\.ts is not as it should be/,
    );
    expect(() => resolveAccess(config as AccessConfig, {})).toThrow(message);
  });
});

describe('a match pattern covers an origin', () => {
  test.each([
    [SITE, 'https://app.example.com/*', true],
    [SITE, 'https://app.example.com/only/here/*', true],
    [SITE, 'https://*.example.com/*', true],
    ['https://example.com', 'https://*.example.com/*', true],
    // A match pattern has no port.
    ['https://app.example.com:8443', 'https://app.example.com/*', true],
    ['http://app.example.com', 'https://app.example.com/*', false],
    ['https://other.example.com', 'https://app.example.com/*', false],
    ['https://app.example.com.evil.example', 'https://app.example.com/*', false],
    ['https://notexample.com', 'https://*.example.com/*', false],
    ['null', 'https://*/*', false],
    ['', 'https://*/*', false],
    ['file://', 'https://*/*', false],
  ])('%s, %s: %s', (origin, pattern, expected) => {
    expect(isCovered(origin, [pattern])).toBe(expected);
  });
});

describe('granted match patterns cover another', () => {
  test.each<[string, string[], boolean]>([
    ['https://app.example.com/*', ['https://app.example.com/*'], true],
    ['https://app.example.com/only/*', ['https://app.example.com/*'], true],
    ['https://app.example.com/*', ['https://*.example.com/*'], true],
    ['https://*.app.example.com/*', ['https://*.example.com/*'], true],
    ['https://*.example.com/*', ['https://example.com/*'], false],
    ['https://*.example.com/*', ['https://*.app.example.com/*'], false],
    ['https://*/*', ['https://*.example.com/*'], false],
    ['https://*/*', ['https://*/*'], true],
    ['https://*.example.com/*', ['https://*/*'], true],
    ['http://app.example.com/*', ['https://app.example.com/*'], false],
    ['*://app.example.com/*', ['https://app.example.com/*'], false],
    ['*://localhost/*', ['https://localhost/*', 'http://localhost/*'], true],
    ['<all_urls>', ['https://*/*'], false],
    ['https://app.example.com/*', [], false],
  ])('%s, %j: %s', (pattern, granted, expected) => {
    expect(isPatternCovered(pattern, granted)).toBe(expected);
  });
});

test('the match pattern of an origin has no port', () => {
  expect(matchPatternOf('http://localhost:3000')).toBe('http://localhost/*');
});

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
