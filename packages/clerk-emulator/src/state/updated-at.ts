/** Moves `updatedAt` on, by at least 1 ms: clerk-js and React keep the old resource when it stays the same. @param now Unix ms */
export function moveOn(resource: { updatedAt: number }, now: number): void {
  resource.updatedAt = Math.max(now, resource.updatedAt + 1);
}
