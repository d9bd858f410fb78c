import { advantageOf, type Figure } from './figure.ts';
import { formatTimes, formatValue } from './format.ts';

/** The figures that are drawn, and what they are called there. */
const ROWS: readonly { id: string; label: string; note: string }[] = [
  { id: 'warm-guide-80', label: 'Session token', note: 'background running' },
  { id: 'stopped-guide-80', label: 'Session token', note: 'background stopped' },
  { id: 'popup-name-80', label: 'Name in the popup', note: 'somebody signed in' },
  { id: 'requests-none', label: '1,000 tokens at once', note: 'Frontend API requests' },
  { id: 'size-background', label: 'Background', note: 'scripts, uncompressed' },
];

const WIDTH = 800;
const BARS = { x: 200, width: 420, height: 16, gap: 3 };
const ROW = { top: 92, height: 58 };
const COLORS = { ours: '#5b46e5', guide: '#a9afbb', text: '#1f2430', muted: '#5d6472', grid: '#e3e6eb' };

/**
 * Draws ours beside the port of the guide as an SVG: the guide's port is 100 % in each row, on a logarithmic scale.
 *
 * @param browser What it was measured in, for the line below the title.
 * @throws {Error} When a figure is missing or stands beside something else.
 */
export function drawFigure(figures: readonly Figure[], browser: string): string {
  const rows = ROWS.map((row) => ({ ...row, figure: expectComparison(figures, row.id) }));
  const shares = rows.map(({ figure }) => 1 / (advantageOf(figure) ?? 1));
  const decades = Math.max(1, Math.ceil(-Math.log10(Math.min(...shares)) + 0.15));
  const scale = (share: number) => BARS.width * Math.max(0, 1 + Math.log10(share) / decades);
  const bottom = ROW.top + rows.length * ROW.height;
  const height = bottom + 44;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeXml(describe(rows))}" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif" fill="${COLORS.text}">
<rect width="${WIDTH}" height="${height}" rx="10" fill="#ffffff"/>
${text(24, 36, 'This extension beside a port of Clerk’s guide', 'font-size="18" font-weight="600"')}
${text(24, 58, `${browser}, one run, medians; Frontend API 80 ms away`, `font-size="13" fill="${COLORS.muted}"`)}
${legend()}
${axis(decades, scale, bottom)}
${rows.map((row, index) => drawRow(row, ROW.top + index * ROW.height, scale)).join('\n')}
</svg>
`;
}

type Scale = (share: number) => number;
interface Row {
  label: string;
  note: string;
  figure: Comparison;
}
type Comparison = Figure & Required<Pick<Figure, 'alternative'>>;

function expectComparison(figures: readonly Figure[], id: string): Comparison {
  const figure = figures.find((each) => each.id === id);
  if (figure?.alternative?.name === 'guide') return figure as Comparison;
  throw new Error(`The drawing needs the figure "${id}" beside the guide’s port. It was not measured.`);
}

function drawRow({ label, note, figure }: Row, top: number, scale: Scale): string {
  const { unit, ours, alternative } = figure;
  const oursWidth = scale(ours.median / alternative.median);
  const second = top + BARS.height + BARS.gap;
  const valueAt = (width: number) => BARS.x + width + 6;
  return [
    text(24, top + 14, label, 'font-size="14" font-weight="600"'),
    text(24, top + 32, note, `font-size="12" fill="${COLORS.muted}"`),
    bar(top, oursWidth, COLORS.ours),
    text(valueAt(oursWidth), top + 13, formatValue(ours.median, unit), 'font-size="13" font-weight="600"'),
    bar(second, BARS.width, COLORS.guide),
    text(
      valueAt(BARS.width),
      second + 13,
      formatValue(alternative.median, unit),
      `font-size="13" fill="${COLORS.muted}"`,
    ),
    text(
      WIDTH - 24,
      top + 24,
      formatTimes(advantageOf(figure) ?? 1),
      'font-size="18" font-weight="600" text-anchor="end"',
    ),
  ].join('\n');
}

function axis(decades: number, scale: Scale, bottom: number): string {
  const ticks = Array.from({ length: decades + 1 }, (_, index) => 10 ** -index);
  const lines = ticks.map((share) => {
    const x = BARS.x + scale(share);
    const grid = `<line x1="${x}" x2="${x}" y1="${ROW.top - 8}" y2="${bottom - 6}" stroke="${COLORS.grid}"/>`;
    const label = `${Number((share * 100).toPrecision(1))} %`;
    return grid + text(x, bottom + 10, label, `font-size="12" fill="${COLORS.muted}" text-anchor="middle"`);
  });
  const caption = 'share of what the guide’s port needs, logarithmic: shorter is better';
  return [
    ...lines,
    text(
      BARS.x + BARS.width / 2,
      bottom + 30,
      caption,
      `font-size="12" fill="${COLORS.muted}" text-anchor="middle"`,
    ),
  ].join('\n');
}

function legend(): string {
  const item = (x: number, color: string, name: string) =>
    `<rect x="${x}" y="47" width="12" height="12" rx="2" fill="${color}"/>${text(x + 18, 58, name, 'font-size="13"')}`;
  return item(WIDTH - 250, COLORS.ours, 'this extension') + item(WIDTH - 122, COLORS.guide, 'guide’s port');
}

function bar(y: number, width: number, color: string): string {
  // A share below the scale is still seen.
  const visible = Math.max(2, width).toFixed(1);
  return `<rect x="${BARS.x}" y="${y}" width="${visible}" height="${BARS.height}" rx="3" fill="${color}"/>`;
}

function describe(rows: readonly Row[]): string {
  const sentence = ({ label, note, figure: { unit, ours, alternative } }: Row) =>
    `${label} (${note}): ${formatValue(ours.median, unit)} beside ${formatValue(alternative.median, unit)}.`;
  return rows.map(sentence).join(' ');
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${x.toFixed(1)}" y="${y}" ${attributes}>${escapeXml(content)}</text>`;
}

function escapeXml(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
