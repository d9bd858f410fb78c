/**
 * Is this console text about Clerk's worker? Its poller looks for a worker of its own, finds that it may have none, and goes
 * without. Only Firefox says so in the console.
 */
export function isClerksWorker(text: string): boolean {
  return text.includes('worker-src') && text.includes('blob');
}
