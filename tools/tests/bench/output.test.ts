import { describe, expect, test } from 'vitest';
import { drawFigure } from '../../bench/drawing.ts';
import { createFigure, type Figure } from '../../bench/figure.ts';
import { describeMisses, renderTable } from '../../bench/table.ts';

const DRAWN = ['warm-guide-80', 'stopped-guide-80', 'popup-name-80', 'requests-none', 'size-background'];

function drawn(ours: number): Figure[] {
  return DRAWN.map((id) =>
    createFigure({ id, name: id, unit: 'ms', ours: [ours], against: ['guide', [1000]] }),
  );
}

describe('the table', () => {
  test('shows medians with p95, the ratio towards the goal, and whether it is met', () => {
    const figures = [
      createFigure({
        id: 'warm',
        name: 'warm',
        unit: 'ms',
        ours: [0.7, 0.7, 0.9],
        against: ['guide', [88, 88, 90]],
        goal: { kind: 'times-better', factor: 50 },
      }),
    ];
    const row = renderTable(figures).split('\n').at(-1);
    expect(row).toMatch(
      /^warm +0\.70 ms \(0\.90 ms\) +guide’s port 88 ms \(90 ms\) +126 × better +≥ 50 × better +yes$/,
    );
    expect(describeMisses(figures)).toEqual([]);
  });

  test('says a missed goal in one line', () => {
    const figures = [
      createFigure({
        id: 'stopped',
        name: 'stopped',
        unit: 'ms',
        ours: [16],
        against: ['echo', [10]],
        goal: { kind: 'at-most-times', factor: 1.5 },
      }),
    ];
    expect(renderTable(figures)).toMatch(/NO$/);
    expect(describeMisses(figures)).toEqual(['stopped: 16 ms, echo 10 ms: 1.6 ×; the goal is ≤ 1.5 ×']);
  });

  test('has no ratio where nothing stands beside, and bytes in their own words', () => {
    const heap = createFigure({ id: 'heap', name: 'heap', unit: 'bytes', ours: [2_431_000] });
    expect(renderTable([heap]).split('\n').at(-1)).toBe('heap    2.43 MB');
  });
});

describe('the drawing', () => {
  const widths = (svg: string) =>
    [...svg.matchAll(/width="([\d.]+)" height="16"/g)].map(([, width]) => Number(width));

  test('gives the guide’s port the whole width and ours its share on a logarithmic scale', () => {
    const [ours = 0, guide = 0] = widths(drawFigure(drawn(100), 'Chromium 156'));
    // A tenth is half of the way on a scale of two decades.
    expect(guide).toBeCloseTo(ours * 2, 0);
  });

  test('is an image with a text for those who do not see it', () => {
    const svg = drawFigure(drawn(10), 'Chromium <156> & "more"');
    const image = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    expect(image.getAttribute('aria-label')).toContain('10 ms beside 1,000 ms');
    expect(image.textContent).toContain('Chromium <156> & "more"');
  });

  test('is not drawn without one of its figures', () => {
    expect(() => drawFigure(drawn(10).slice(1), 'Chromium 156')).toThrow('"warm-guide-80"');
  });
});
