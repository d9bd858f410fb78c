/** The command that puts origins on the list of a Clerk instance. It names the secret key's variable, never its value. */
export function allowOriginsCommand(origins: string[]): string {
  const body = JSON.stringify({ allowed_origins: origins });
  return (
    'curl -X PATCH https://api.clerk.com/v1/instance -H "Authorization: Bearer $CLERK_SECRET_KEY" ' +
    `-H "Content-Type: application/json" -d '${body}'`
  );
}

/** The command that puts an address on the list of those that a provider may come back to. */
export function allowRedirectCommand(url: string): string {
  return (
    'curl -X POST https://api.clerk.com/v1/redirect_urls -H "Authorization: Bearer $CLERK_SECRET_KEY" ' +
    `-H "Content-Type: application/json" -d '${JSON.stringify({ url })}'`
  );
}
