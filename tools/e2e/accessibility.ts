import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Surface } from 'extension-driver';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }>;
}

/** Runs axe-core in the page, in both colour schemes, and gives what it found. */
export async function findViolations(page: Surface): Promise<string[]> {
  await page.addScript(AXE);
  const found: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    await page.setColorScheme(scheme);
    // Colours fade over to the other scheme; axe would measure something in between.
    await page.waitFor(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
    const violations = await page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
      return violations.map(
        ({ id, help, nodes }) => `${id}: ${help} – ${nodes.map(({ html }) => html).join(' ')}`,
      );
    });
    found.push(...violations.map((violation) => `${scheme}: ${violation}`));
  }
  return found;
}
