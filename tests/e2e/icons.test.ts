import { expect } from 'vitest';
import { ICON_SIZES } from '../../packages/wxt-clerk-cli/src/release/checks/manifest.ts';
import { starterTest } from '../../tools/e2e/starter.ts';

/** The largest difference of two browsers' drawings of the same curve, on average over all pixels, of 255. */
const TOLERANCE = 1.2;

const test = starterTest();

test('the icons are drawn from icon.svg as it is now (else: npm run icons)', async ({ browser }) => {
  const page = await browser.openPage('popup.html');
  const differences = await page.evaluate(async (sizes: number[]) => {
    async function drawPixels(source: string, size: number): Promise<Uint8ClampedArray> {
      const image = new Image(size, size);
      image.src = source;
      await image.decode();
      const canvas = new OffscreenCanvas(size, size).getContext('2d');
      if (!canvas) throw new Error('There is no canvas.');
      canvas.drawImage(image, 0, 0, size, size);
      return canvas.getImageData(0, 0, size, size).data;
    }
    const result: Record<number, number> = {};
    for (const size of sizes) {
      const drawing = await drawPixels('/icon.svg', size);
      const icon = await drawPixels(`/icon/${size}.png`, size);
      const sum = drawing.reduce((total, value, index) => total + Math.abs(value - (icon[index] ?? 0)), 0);
      result[size] = sum / drawing.length;
    }
    return result;
  }, ICON_SIZES);
  expect(Object.keys(differences).map(Number)).toEqual(ICON_SIZES);
  for (const difference of Object.values(differences)) expect(difference).toBeLessThan(TOLERANCE);
});

test('the pages are headed by it', async ({ browser }) => {
  const page = await browser.openPage('popup.html');
  await page.waitFor(
    () => (document.querySelector<HTMLImageElement>('header img')?.naturalWidth ?? 0) >= 128,
  );
});
