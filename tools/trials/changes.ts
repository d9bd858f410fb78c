import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Trial } from './project.ts';

export const changes: Trial[] = [
  {
    name: 'rename',
    async change(project) {
      for (const language of await readdir(join(project.folder, 'public/_locales'))) {
        const path = `public/_locales/${language}/messages.json`;
        const texts = JSON.parse(await readFile(join(project.folder, path), 'utf8'));
        texts.extensionName.message = 'Paper Notes';
        await project.write(path, `${JSON.stringify(texts, null, 2)}\n`);
      }
      await project.replace('wxt.config.ts', /'[^']+@example\.com'/, "'paper-notes@acme.example'");
      await project.replace('package.json', '"name": "clerk-wxt-extension"', '"name": "paper-notes"');
    },
  },
  {
    name: 'name an API of one’s own',
    change: (project) =>
      project.replace('access.config.ts', 'apiOrigins: []', "apiOrigins: ['https://api.acme.example']"),
  },
  {
    name: 'a literal in one’s own component',
    change: (project) =>
      project.replace('components/Home.tsx', '<AccountCard>', '<p>Good to see you</p>\n      <AccountCard>'),
  },
  {
    name: 'other colours',
    change: async (project) => {
      await project.write('components/colors.css', ':root {\n  --wxt-clerk-accent: #0a7d4b;\n}\n');
      await project.replace('components/Home.tsx', /^/, "import './colors.css';\n");
    },
  },
  {
    name: 'a dependency, as npm i writes it',
    async change(project) {
      await project.replace('package.json', '    "react": ', '    "clsx": "2.1.1",\n    "react": ');
      const locked = {
        version: '2.1.1',
        integrity:
          'sha512-eYm0QWBtUrBWZWG0d386OGAw16Z995PiOVo2B7bjWSbHedGl5e0ZWaq65kOGgUSNesEIDkB9ISbTg/JK9dhCZA==',
      };
      const bundled = { version: '1.0.0', inBundle: true, hasInstallScript: true };
      const lockfile = JSON.parse(await readFile(join(project.folder, 'package-lock.json'), 'utf8'));
      lockfile.packages[''].dependencies.clsx = '2.1.1';
      lockfile.packages['node_modules/clsx'] = locked;
      lockfile.packages['node_modules/clsx/node_modules/bundled-wasm'] = bundled;
      await project.write('package-lock.json', `${JSON.stringify(lockfile, null, 2)}\n`);
    },
  },
];
