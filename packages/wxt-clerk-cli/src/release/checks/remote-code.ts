import type { FileTree } from '../file-tree.ts';

interface Pattern {
  name: string;
  pattern: RegExp;
}

/** An import that the bundler left as it was. Clerk's own `loader.import("…")` is an ordinary call, and prose is prose. */
function importOf(module: string): RegExp {
  const statement = `(?:\\bfrom|(?<![.\\w$])import)\\s*["']`;
  const call = `(?<![.\\w$])import\\s*\\(\\s*["'\`]`;
  return new RegExp(`(?:${statement}|${call})${module}`);
}

// The stores reject a package that merely contains one of these, whether it ever runs or not.
const IN_SCRIPTS: readonly Pattern[] = [
  // What Clerk looks for in its own packages before it publishes them.
  { name: 'Cloudflare Turnstile', pattern: /cloudflare\.com\/turnstile\/v0\/api\.js/ },
  { name: 'Clerk loaded from a server', pattern: /\/npm\/@clerk\/clerk-js/ },
  { name: 'Clerk’s UI loaded from a server', pattern: /\/npm\/@clerk\/ui/ },
  { name: 'Google One Tap', pattern: /accounts\.google\.com\/gsi\/client/ },
  { name: 'Coinbase', pattern: /coinbase\.com/ },
  { name: 'an import of the Coinbase wallet', pattern: importOf('@coinbase/wallet-sdk') },
  { name: 'Stripe', pattern: /js\.stripe\.com/ },
  { name: 'an import of Stripe', pattern: importOf('@stripe/stripe-js') },
  { name: 'an import of Base', pattern: importOf('@base-org') },
  // What the reviewers of the stores look for.
  { name: 'a script element made by hand', pattern: /document\.createElement\(\s*["'`]script["'`]/ },
  { name: 'an import from a server', pattern: importOf('(?:https?:)?//') },
  { name: 'importScripts from a server', pattern: /importScripts\(\s*["'`](?:https?:)?\/\// },
  { name: 'the address of a script', pattern: /(?:https?:)?\/\/[\w.-]+\.\w+\/[^"'`\s]*\.(?:m?js|wasm)\b/ },
  {
    name: 'a script server',
    pattern:
      /(?:jsdelivr\.net|unpkg\.com|cdnjs\.cloudflare\.com|esm\.sh|apis\.google\.com\/js|googletagmanager\.com|google\.com\/recaptcha|hcaptcha\.com)/,
  },
  { name: 'eval', pattern: /(?<![.\w$])eval\(/ },
  // A polyfill's way to the global object is the exception: its text is fixed.
  {
    name: 'code made of a string',
    pattern: /(?<![.\w$])(?:new\s+)?Function\((?!\s*["'`]return this["'`]\s*\))/,
  },
];

const IN_PAGES: readonly Pattern[] = [
  {
    name: 'a script element that points outside',
    pattern: /<script\b[^>]*\bsrc\s*=\s*["']?(?:[a-z]+:)?\/\//i,
  },
  { name: 'a script in the page itself', pattern: /<script\b(?![^>]*\bsrc\b)[^>]*>\s*\S/i },
];

/** Code from elsewhere, in scripts, pages and the manifest's policy: one sentence for each place. */
export function findRemoteCode(tree: FileTree): string[] {
  return [...tree].flatMap(([path, content]) => {
    if (path === 'manifest.json') return findRemoteSources(content.toString('utf8'));
    if (/\.[cm]?js$/.test(path)) return matchAll(path, content.toString('utf8'), IN_SCRIPTS);
    if (path.endsWith('.html')) return matchAll(path, content.toString('utf8'), [...IN_PAGES, ...IN_SCRIPTS]);
    return [];
  });
}

function matchAll(path: string, text: string, patterns: readonly Pattern[]): string[] {
  return patterns.flatMap(({ name, pattern }) => {
    const found = pattern.exec(text);
    return found ? [`${path} contains ${name}: ${excerpt(text, found)}`] : [];
  });
}

/** What stands before it, and the match: what follows might be a secret, and logs are public. */
function excerpt(text: string, { index, 0: match }: RegExpExecArray): string {
  return JSON.stringify(text.slice(Math.max(0, index - 20), index + Math.min(match.length, 60)));
}

const OWN_SCRIPTS = new Set(["'self'", "'none'", "'wasm-unsafe-eval'"]);

function findRemoteSources(manifest: string): string[] {
  const { content_security_policy: policies = {} } = JSON.parse(manifest) as {
    content_security_policy?: Record<string, string>;
  };
  return Object.entries(policies).flatMap(([name, policy]) =>
    scriptSources(policy)
      .filter((source) => !OWN_SCRIPTS.has(source))
      .map((source) => `manifest.json lets scripts come from ${source} (content_security_policy.${name})`),
  );
}

function scriptSources(policy: string): string[] {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/));
  const sources = (name: string) => directives.find(([first]) => first === name)?.slice(1);
  return [...(sources('script-src') ?? sources('default-src') ?? []), ...(sources('worker-src') ?? [])];
}
