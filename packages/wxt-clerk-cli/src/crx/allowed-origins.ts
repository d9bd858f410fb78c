/** The command that puts origins on the list of a Clerk instance. It names the secret key's variable, never its value. */
export function allowOriginsCommand(origins: string[]): string {
  const body = JSON.stringify({ allowed_origins: origins });
  return (
    'curl -X PATCH https://api.clerk.com/v1/instance -H "Authorization: Bearer $CLERK_SECRET_KEY" ' +
    `-H "Content-Type: application/json" -d '${body}'`
  );
}
