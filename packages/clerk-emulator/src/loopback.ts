/**
 * Does this host name mean the computer that the program runs on? As `URL.hostname` writes it, without a port. Browsers ask
 * no name server for `localhost` and what is below it: https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
