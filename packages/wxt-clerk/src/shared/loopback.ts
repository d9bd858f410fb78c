/** Does this host name mean the computer that the program runs on? As `URL.hostname` writes it, without a port. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
