import type { FileTree } from '../../src/release/file-tree';

/** A made-up package: file contents by path. */
export function packageOf(files: Record<string, string | Buffer>): FileTree {
  return new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]));
}

/** The key of a production instance. */
export const KEY = keyOf('live', 'clerk.example.com');

export function keyOf(kind: 'live' | 'test', host: string): string {
  return `pk_${kind}_${btoa(`${host}$`)}`;
}
