/** `npm run icons`: the icons of the manifest, `public/icon/*.png`, from their one source, `public/icon.svg`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBrowser, launchBrowser } from 'extension-driver';
import { invocationOf, parseCommandLine, runCommand } from './command-line.ts';
import { PROJECT_ROOT } from './project.ts';
import { ICON_SIZES } from './release/checks/manifest.ts';

const USAGE = `Usage: ${invocationOf('icons')}

Draws public/icon.svg in every size of the manifest's icons, in Chromium. The end-to-end tests notice when it was
forgotten.
`;

await runCommand(async () => {
  const { help } = parseCommandLine('icons', { help: { type: 'boolean', default: false } });
  if (help) {
    console.log(USAGE);
    return 0;
  }
  const { executablePath } = await findBrowser('chromium');
  // Chromium refuses to run as root inside its sandbox; the page is ours.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await launchBrowser({ executablePath, headless: true, args });
  try {
    const page = await browser.newPage();
    const source = await readFile(join(PROJECT_ROOT, 'public/icon.svg'), 'base64');
    for (const size of ICON_SIZES) {
      await page.setContent(
        `<body style="margin:0"><img width="${size}" height="${size}" src="data:image/svg+xml;base64,${source}">`,
      );
      const clip = { x: 0, y: 0, width: size, height: size };
      const png = await page.screenshot({ clip, omitBackground: true });
      await writeFile(join(PROJECT_ROOT, `public/icon/${size}.png`), png);
      console.log(`Written: public/icon/${size}.png`);
    }
  } finally {
    await browser.close();
  }
  return 0;
});
