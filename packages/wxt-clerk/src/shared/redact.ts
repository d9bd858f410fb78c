/**
 * Takes credentials out of a text. With a development key Clerk puts the client credential into the address
 * (`__clerk_db_jwt`), after a provider's answer its nonce, and the address into the errors of its requests.
 */
export function redact(text: string): string {
  return text
    .replace(/((?:__clerk_db_jwt|rotating_token_nonce)(?:=|%3D))[^&\s"'#]*/gi, '$1…')
    .replace(/\bey[\w-]{8,}(?:\.[\w-]*){1,2}/g, '…')
    .replace(/\bBearer\s+[^\s"',]+/gi, 'Bearer …');
}

/** What an error may keep of its cause: the same texts, without credentials. Consoles print causes, too. */
export function redactCause(cause: unknown): unknown {
  if (cause === undefined) return undefined;
  if (!(cause instanceof Error)) return redact(String(cause));
  const redacted = new Error(redact(cause.message));
  redacted.name = cause.name;
  redacted.stack = redact(cause.stack ?? '');
  return redacted;
}
