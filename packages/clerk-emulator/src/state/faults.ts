import type { Fault } from '../types.ts';
import { generateId } from './ids.ts';

interface ActiveFault {
  fault: Fault;
  matches: (method: string, path: string) => boolean;
  /** Matching requests seen so far. */
  seen: number;
}

/** The failures to inject, oldest first; the first that applies wins. */
export class Faults {
  #active: ActiveFault[] = [];
  #cleared = Promise.withResolvers<void>();

  /** @returns the fault's id. */
  add(fault: Fault): string {
    this.#active.push({ fault, matches: endpointMatcher(fault.endpoint), seen: 0 });
    return generateId('fault');
  }

  /** The fault for this request, counted as used. */
  take(method: string, path: string): Fault | null {
    for (const entry of this.#active) {
      if (!entry.matches(method, path)) continue;
      const index = entry.seen - (entry.fault.after ?? 0);
      if (index >= (entry.fault.times ?? Number.POSITIVE_INFINITY)) continue;
      entry.seen += 1;
      if (index >= 0) return entry.fault;
    }
    return null;
  }

  /** Resolves at the next `clear`. */
  untilCleared(): Promise<void> {
    return this.#cleared.promise;
  }

  clear(): void {
    this.#active = [];
    this.#cleared.resolve();
    this.#cleared = Promise.withResolvers();
  }
}

/**
 * Matches `METHOD /path` with `:x` for one segment and a last `*` for the rest; `*` matches everything.
 * @throws {Error} when the endpoint has another form.
 */
export function endpointMatcher(endpoint: string): (method: string, path: string) => boolean {
  if (endpoint === '*') return () => true;
  const [, method, pattern] = /^(\*|[A-Z]+) (\/\S*)$/.exec(endpoint) ?? [];
  if (method === undefined || pattern === undefined) {
    throw new Error(`"endpoint" must be "*" or "METHOD /path", got ${JSON.stringify(endpoint)}.`);
  }
  const path = new RegExp(`^${pattern.split('/').map(segmentPattern).join('/')}/?$`);
  return (actualMethod, actualPath) => (method === '*' || method === actualMethod) && path.test(actualPath);
}

function segmentPattern(segment: string): string {
  if (segment === '*') return '.*';
  if (segment.startsWith(':')) return '[^/]+';
  return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
