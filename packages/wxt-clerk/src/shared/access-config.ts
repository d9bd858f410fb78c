/** Who gets what, besides the extension's own pages. */
export interface AccessConfig {
  contentScript: {
    /** Where content scripts may ask who is signed in and for `fetchApi`, as match patterns. */
    matches: string[];
    /** Where content scripts may ask who is signed in, and nothing else. May be every page of https. */
    status?: string[];
  };
  /** Whose content scripts may ask for a session token. */
  tokens: TokenGrant[];
  /** Where `fetchApi` may send the person's session token. */
  apiOrigins: string[];
}

/** The same in a configuration: who is in none of its lists gets nothing. */
export type AccessOptions = Partial<Omit<AccessConfig, 'contentScript'>> & {
  contentScript?: Partial<AccessConfig['contentScript']>;
};

/** One web origin that may have a session token. */
export interface TokenGrant {
  /** Exactly as in the address bar: `https://app.example.com`. */
  origin: string;
  /** The one JWT template that it may have tokens of; without it, it gets the plain session token and no template's. */
  template?: string;
}

/** Does one of the match patterns cover the pages of an origin? Ports and paths are left out: match patterns have no port, senders no path. */
export function isCovered(origin: string, matches: string[]): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  return matches.some((pattern) => {
    const [scheme, host = ''] = pattern.split(/:\/\/|\//);
    return protocol === `${scheme}:` && isHostCovered(hostname, host);
  });
}

/** Do the granted match patterns cover another one, whole? Paths are left out, as in `isCovered`. */
export function isPatternCovered(pattern: string, granted: string[]): boolean {
  const [scheme, host = ''] = pattern.split(/:\/\/|\//);
  if (scheme === '*')
    return ['http', 'https'].every((one) => isPatternCovered(pattern.replace('*', one), granted));
  return granted.some((grant) => {
    const [grantScheme, grantHost = ''] = grant.split(/:\/\/|\//);
    if (scheme !== grantScheme) return false;
    // "*.example.com" is more than "example.com" grants.
    return host.startsWith('*') && !grantHost.startsWith('*')
      ? false
      : grantHost === '*' || isHostCovered(host.replace(/^\*\./, ''), grantHost);
  });
}

/**
 * The match pattern of an origin. Ports are left out: Firefox refuses match patterns with one.
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Match_patterns
 */
export function matchPatternOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

function isHostCovered(hostname: string, host: string): boolean {
  if (host === '*' || hostname === host) return true;
  // "*.example.com" is example.com, too.
  return host.startsWith('*.') && (hostname === host.slice(2) || hostname.endsWith(host.slice(1)));
}
