import { relative } from 'node:path';

/** What Vite tells a plugin about the modules of a bundle. */
interface ModuleGraph {
  getModuleInfo(id: string): { importers: readonly string[]; dynamicImporters: readonly string[] } | null;
}

/** The shortest way of imports from an entrypoint to a module, as paths below the working folder. */
export function chainTo(id: string, graph: ModuleGraph): string[] {
  const ways: string[][] = [[id]];
  const seen = new Set([id]);
  for (const way of ways) {
    const info = graph.getModuleInfo(way[0] ?? '');
    const importers = [...(info?.importers ?? []), ...(info?.dynamicImporters ?? [])];
    // WXT wraps each entrypoint in a module of its own.
    if (importers.every(isVirtual)) return way.map(readable);
    for (const importer of importers)
      if (!seen.has(importer) && !isVirtual(importer)) {
        seen.add(importer);
        ways.push([importer, ...way]);
      }
  }
  return [readable(id)];
}

const isVirtual = (id: string) => id.startsWith('\0') || id.startsWith('virtual:');

function readable(id: string): string {
  const [path = id] = id.split('?');
  return relative(process.cwd(), path).replace(/^.*node_modules\//, '');
}
