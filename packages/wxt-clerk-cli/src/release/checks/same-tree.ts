import type { FileTree } from '../file-tree.ts';

/** Everything by which two trees differ, one sentence a file; nothing when they are the same, byte by byte. */
export function compareTrees(expected: FileTree, actual: FileTree): string[] {
  const paths = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  return paths.flatMap((path) => {
    const before = expected.get(path);
    const after = actual.get(path);
    if (!after) return [`${path} is missing in the new build`];
    if (!before) return [`${path} is only in the new build`];
    if (before.equals(after)) return [];
    return [`${path} differs from byte ${firstDifference(before, after)} on`];
  });
}

function firstDifference(before: Buffer, after: Buffer): number {
  const index = before.findIndex((byte, position) => byte !== after[position]);
  return index === -1 ? before.length : index;
}
