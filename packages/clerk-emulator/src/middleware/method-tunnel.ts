import type { IncomingMessage } from 'node:http';

const TUNNELLED = ['PUT', 'PATCH', 'DELETE'];

/** Gives a POST the verb of its `_method` parameter: clerk-js puts only GET and POST on the wire. */
export function untunnelMethod(incoming: IncomingMessage): void {
  if (incoming.method !== 'POST' || !incoming.url) return;
  const method = new URL(incoming.url, 'https://localhost').searchParams.get('_method')?.toUpperCase();
  if (method && TUNNELLED.includes(method)) incoming.method = method;
}
