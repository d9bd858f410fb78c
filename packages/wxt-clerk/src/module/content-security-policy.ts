/** The directives of a Content Security Policy with their sources, in their order. */
type Policy = Map<string, string[]>;

export interface PolicyInput {
  /** The extension's own `content_security_policy.extension_pages`; without it the browser has its own. */
  own: string | undefined;
  /** Where the background and the pages must be able to send requests. */
  connect: string[];
  /** Where the pictures of people are. */
  images: string[];
  /** The addresses that development mode loads from; WXT adds the scripts itself. */
  developmentServer: string[];
  /** Start from nothing but what Clerk needs, instead of what the extension has. */
  strict: boolean;
}

const NONE = "'none'";

/**
 * The policy of the extension's pages with what Clerk needs in it, `undefined` for the browser's own, which allows it.
 *
 * Beside an extension's own policy a directive is only ever widened, and only where there is one: to add `connect-src`
 * to a policy that has none would forbid the extension its other requests.
 *
 * @throws {Error} Where the extension's own policy contradicts what Clerk needs, with the line to change.
 */
export function contentSecurityPolicy(input: PolicyInput): string | undefined {
  const own = parse(input.own ?? '');
  checkOwn(own);
  if (input.strict) return format(union(strictPolicy(input), own));
  return input.own === undefined ? undefined : format(widened(own, input));
}

// Nothing but what Clerk's forms were seen to need.
function strictPolicy({ connect, images, developmentServer }: PolicyInput): Policy {
  const directives: Record<string, string[]> = {
    'default-src': [NONE],
    'script-src': ["'self'"],
    // Clerk's forms put their styles into the page.
    'style-src': ["'self'", "'unsafe-inline'", ...developmentServer],
    'img-src': ["'self'", 'data:', ...images, ...developmentServer],
    'font-src': ["'self'", ...developmentServer],
    'connect-src': [...connect, ...developmentServer],
    'object-src': [NONE],
    'base-uri': [NONE],
    'form-action': [NONE],
    'frame-ancestors': [NONE],
  };
  return new Map(Object.entries(directives));
}

function widened(own: Policy, { connect, images, developmentServer }: PolicyInput): Policy {
  const needed: Policy = new Map([
    ['style-src', ["'self'", "'unsafe-inline'", ...developmentServer]],
    ['img-src', ["'self'", 'data:', ...images, ...developmentServer]],
    ['font-src', developmentServer],
    ['connect-src', [...connect, ...developmentServer]],
  ]);
  // They take the place of style-src where they are there, and script-src that of default-src.
  for (const name of ['style-src-elem', 'style-src-attr'])
    if (own.has(name)) needed.set(name, ["'unsafe-inline'"]);
  if (own.has('default-src') && !own.has('script-src')) needed.set('script-src', ["'self'"]);

  const policy: Policy = new Map(own);
  for (const [name, sources] of needed) {
    const restricted = own.get(name) ?? own.get('default-src');
    if (restricted && sources.length > 0) policy.set(name, withoutNone([...restricted, ...sources]));
  }
  return policy;
}

function union(base: Policy, own: Policy): Policy {
  const policy: Policy = new Map(base);
  for (const [name, sources] of own) policy.set(name, withoutNone([...(base.get(name) ?? []), ...sources]));
  return policy;
}

/** Directives in which Clerk needs something, so that `'none'` in them cannot stay. */
const NEEDED = ['script-src', 'style-src', 'style-src-elem', 'style-src-attr', 'img-src', 'connect-src'];

function checkOwn(own: Policy): void {
  for (const [name, sources] of own) {
    const directive = [name, ...sources].join(' ');
    if (NEEDED.includes(name) && sources.length <= 1 && (sources[0] ?? NONE) === NONE)
      fail(
        directive,
        `Clerk’s forms need something there: write "${name} 'self'", and the rest is added to it`,
      );
    if (/^(script-src|script-src-elem|default-src)$/.test(name)) checkScripts(name, sources, directive);
    // A hash or a nonce makes browsers ignore 'unsafe-inline': https://www.w3.org/TR/CSP3/#allow-all-inline
    if (/^style-src/.test(name) && sources.some((source) => /^'(nonce|sha\d+)-/.test(source)))
      fail(directive, 'Clerk’s forms write styles, which a hash or a nonce forbids: leave it out');
    if (name === 'sandbox')
      fail(
        directive,
        'Clerk does not run in a sandboxed page: leave "sandbox" out, or write it for "sandbox" pages',
      );
  }
}

// What browsers take in a Manifest V3 extension: https://developer.chrome.com/docs/extensions/reference/manifest/content-security-policy
// Of this computer's names these two only, not `isLoopback`: Chromium's IsLocalHostSource (extensions/common/csp_validator.cc)
// and Firefox's HostIsLocal (toolkit/mozapps/extensions/AddonContentPolicy.cpp).
const MANIFEST_V3_SCRIPTS = /^('self'|'none'|'wasm-unsafe-eval'|http:\/\/(localhost|127\.0\.0\.1)(:.*)?)$/;

function checkScripts(name: string, sources: string[], directive: string): void {
  const refused = sources.find((source) => !MANIFEST_V3_SCRIPTS.test(source));
  if (name !== 'default-src' && refused)
    fail(
      directive,
      `no browser loads a Manifest V3 extension whose scripts may come from ${refused}: leave it out`,
    );
  if (name !== 'default-src' && !sources.includes("'self'"))
    fail(directive, `the extension’s own scripts have to run: add 'self' to ${name}`);
}

function fail(directive: string, problem: string): never {
  throw new Error(
    `manifest.content_security_policy.extension_pages in wxt.config.ts has "${directive}", and ${problem}.`,
  );
}

function parse(text: string): Policy {
  const directives = text.split(';').map((directive) => directive.trim().split(/\s+/));
  return new Map(
    directives.flatMap(([name, ...sources]): [string, string[]][] =>
      name ? [[name.toLowerCase(), sources]] : [],
    ),
  );
}

function format(policy: Policy): string {
  return [...policy]
    .map(([name, sources]) =>
      [name, ...(sources.length > 0 || !name.endsWith('-src') ? sources : [NONE])].join(' '),
    )
    .join('; ');
}

/** Each source once; `'none'` means something only where it stands alone. */
function withoutNone(sources: string[]): string[] {
  const unique = [...new Set(sources)];
  return unique.length > 1 ? unique.filter((source) => source !== NONE) : unique;
}
