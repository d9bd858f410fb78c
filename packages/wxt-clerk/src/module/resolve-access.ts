import { getPublicSuffix } from 'tldts';
import {
  array,
  exactOptional,
  getDotPath,
  type InferOutput,
  optional,
  safeParse,
  strictObject,
  string,
} from 'valibot';
import { MatchPattern } from 'wxt/utils/match-patterns';
import {
  type AccessConfig,
  type AccessOptions,
  isCovered,
  type TokenGrant,
} from '../shared/access-config.ts';
import { isLoopback } from '../shared/loopback.ts';

/** The variables that take the place of the lists in the configuration, each comma-separated. */
export const ACCESS_VARIABLES = {
  matches: 'WXT_CONTENT_SCRIPT_MATCHES',
  status: 'WXT_CONTENT_SCRIPT_STATUS',
  tokens: 'WXT_TOKEN_ORIGINS',
  apiOrigins: 'WXT_API_ORIGINS',
} as const;

type Environment = Record<string, string | undefined>;

// The build does not look at types.
const SHAPE = strictObject({
  contentScript: optional(
    strictObject({ matches: optional(array(string()), []), status: optional(array(string()), []) }),
    {},
  ),
  tokens: optional(array(strictObject({ origin: string(), template: exactOptional(string()) })), []),
  apiOrigins: optional(array(string()), []),
});

/**
 * The access of one build: the lists of the configuration, or those of the environment where it has any.
 *
 * @param file Where the configuration stands, for the error.
 * @throws {Error} One sentence that names the list, the entry that is wrong in it, and what it should look like.
 */
export function resolveAccess(
  config: AccessOptions,
  environment: Environment,
  file = 'access.config.ts',
): AccessConfig {
  const configured = expectShape(config, file);
  const resolveList = createListResolver(environment, file);
  const matches = resolveList('contentScript.matches', ACCESS_VARIABLES.matches, {
    configured: configured.contentScript.matches,
    parse: (entry) => entry,
    check: checkSitePattern,
  });
  const status = resolveList('contentScript.status', ACCESS_VARIABLES.status, {
    configured: configured.contentScript.status,
    parse: (entry) => entry,
    check: checkMatchPattern,
  });
  const tokens = resolveList('tokens', ACCESS_VARIABLES.tokens, {
    configured: configured.tokens,
    parse: parseTokenGrant,
    check: (grant, fail) => checkTokenGrant(grant, matches, fail),
    checkAll: checkOnceEach,
  });
  const apiOrigins = resolveList('apiOrigins', ACCESS_VARIABLES.apiOrigins, {
    configured: configured.apiOrigins,
    parse: (entry) => entry,
    check: checkOrigin,
  });
  return { contentScript: { matches, ...(status.length > 0 && { status }) }, tokens, apiOrigins };
}

function expectShape(config: AccessOptions, file: string): InferOutput<typeof SHAPE> {
  const parsed = safeParse(SHAPE, config);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Error(
    `${file} is not as it should be at ${getDotPath(issue) ?? 'its top'}: expected ${issue.expected}, ` +
      `seen ${issue.received}. "npx tsc --noEmit" shows the line; wxt-clerk’s shared/access-config.ts says what belongs there.`,
  );
}

type Fail = (entry: string, problem: string) => never;

interface ListRules<Entry> {
  configured: Entry[];
  parse: (entry: string) => Entry;
  check: (entry: Entry, fail: Fail) => void;
  checkAll?: (entries: Entry[], fail: Fail) => void;
}

function createListResolver(environment: Environment, file: string) {
  return <Entry>(
    name: string,
    variable: string,
    { configured, parse, check, checkAll }: ListRules<Entry>,
  ): Entry[] => {
    const given = splitList(environment[variable]);
    const source = given.length > 0 ? variable : `${name} in ${file}`;
    const entries = given.length > 0 ? given.map(parse) : configured;
    const fail: Fail = (entry, problem) => {
      throw new Error(`${source} names "${entry}", ${problem}`);
    };
    for (const entry of entries) check(entry, fail);
    checkAll?.(entries, fail);
    return entries;
  };
}

function splitList(text = ''): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
}

function parseTokenGrant(entry: string): TokenGrant {
  const [origin = '', ...template] = entry.split('=');
  return template.length > 0 ? { origin, template: template.join('=') } : { origin };
}

function checkMatchPattern(pattern: string, fail: Fail): void {
  const example = 'Write a match pattern such as https://app.example.com/*.';
  // What other schemes match are no web pages, and everything that somebody on the network can change is no site to trust.
  const withoutPort = pattern.replace(/^(https?:\/\/[^/]*[^/:]):[\d*]+(?=\/|$)/, '$1');
  if (withoutPort !== pattern)
    fail(pattern, `which has a port. Leave it out, and every port of that host is meant: ${withoutPort}.`);
  const site = /^(https?):\/\/([^/]+)\//.exec(pattern);
  if (!site || !isMatchPattern(pattern))
    fail(pattern, `which is not a match pattern for web pages. ${example}`);
  if (site?.[1] === 'http' && !isLoopback(site[2] ?? ''))
    fail(
      pattern,
      `whose pages anybody on the network can change: only https, or http on localhost. ${example}`,
    );
  const suffix = publicSuffixOf(site?.[2] ?? '');
  if (suffix)
    fail(
      pattern,
      `and anybody can have a site under "${suffix}" (https://publicsuffix.org). Name the sites that are yours. ${example}`,
    );
}

// A site that is named here may ask the developer's own API in the person's name.
function checkSitePattern(pattern: string, fail: Fail): void {
  checkMatchPattern(pattern, fail);
  if (/^https?:\/\/\*\//.test(pattern))
    fail(
      pattern,
      'which is every web page, and each could ask your API. Where content scripts only show who is signed in, name it in ' +
        'contentScript.status. Write a match pattern such as https://app.example.com/*.',
    );
}

/** The suffix that a host such as `*.co.uk` consists of, under which everybody can have a domain; `null` for any other host. */
function publicSuffixOf(host: string): string | null {
  const name = host.replace(/^\*\./, '');
  if (name === '*' || isLoopback(name)) return null;
  return getPublicSuffix(name, { allowPrivateDomains: true }) === name ? name : null;
}

function isMatchPattern(pattern: string): boolean {
  try {
    return Boolean(new MatchPattern(pattern));
  } catch {
    return false;
  }
}

function checkOrigin(origin: string, fail: Fail): void {
  const example = 'Write an exact origin such as https://app.example.com.';
  if (origin.includes('*')) fail(origin, `which has a wildcard. ${example}`);
  if (!URL.canParse(origin)) fail(origin, `which is not an origin. ${example}`);
  const url = new URL(origin);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    fail(origin, `which is neither https nor http on localhost. ${example}`);
  if (url.origin !== origin)
    fail(origin, `which is more than an origin, or not its exact form: ${url.origin}.`);
}

const TEMPLATE = /^[\w-]{1,128}$/;

function checkTokenGrant({ origin, template }: TokenGrant, matches: string[], fail: Fail): void {
  checkOrigin(origin, fail);
  if (template !== undefined && !TEMPLATE.test(template))
    fail(`${origin}=${template}`, 'whose JWT template is not the name of one.');
  if (!isCovered(origin, matches))
    fail(
      origin,
      'which no content script runs on: name its pages in contentScript.matches ' +
        `(or ${ACCESS_VARIABLES.matches}), too.`,
    );
}

// Only the first would count, and nobody would be told.
function checkOnceEach(grants: TokenGrant[], fail: Fail): void {
  const origins = grants.map(({ origin }) => origin);
  const twice = origins.find((origin, index) => origins.indexOf(origin) !== index);
  if (twice) fail(twice, 'which is there already. An origin has one template, or the plain session token.');
}
