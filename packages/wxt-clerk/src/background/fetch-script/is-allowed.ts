/** May a token be sent to this address? @param apiOrigins Exact origins. */
export function isAllowed(url: string, apiOrigins: string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, protocol, username, password } = new URL(url);
  // "blob:https://api.example.com/…" has the origin of what made it.
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && username === '' && password === '' && apiOrigins.includes(origin);
}
