// @vitest-environment node
import { createRequire } from 'node:module';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { omitPasswordDictionary } from '../../src/module/omit-password-dictionary';

const CLERK = createRequire(import.meta.url)
  .resolve('@clerk/clerk-js/no-rhc')
  .replace(/\.js$/, '.mjs');
const WORDS = 'abacus,abdomen,abdominal';

/** Bundles clerk-js; `pretended` stands in for its source. */
async function bundle(
  plugin: ReturnType<typeof omitPasswordDictionary>,
  pretended?: string,
): Promise<string> {
  const source = { name: 'pretend', load: (id: string) => (id === CLERK ? pretended : undefined) };
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [source, plugin],
    build: { write: false, minify: false, lib: { entry: CLERK, formats: ['es'] } },
  });
  const [output] = Array.isArray(result) ? result : [result];
  return output && 'output' in output ? output.output[0].code : '';
}

test('the dictionary is left out, and nothing else', async () => {
  const [whole, small] = [await bundle({ name: 'none' }), await bundle(omitPasswordDictionary())];
  expect(whole).toContain(WORDS);
  expect(small).not.toContain(WORDS);
  expect(small).toContain('getFapiClient');
  expect(small).toContain('zxcvbnAsync');
});

test('a clerk-js that keeps it elsewhere stops the build', async () => {
  await expect(bundle(omitPasswordDictionary(), 'export const modules = {}')).rejects.toThrow(
    'keeps its password dictionary elsewhere',
  );
});
