// @vitest-environment node
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';

const source = (path: string) => JSON.stringify(fileURLToPath(new URL(`../src/${path}`, import.meta.url)));

/** A product's `utils/messages.ts`: the rows and the typed `sendMessage` in one file. */
const MESSAGES = `
  import * as v from 'valibot';
  import { createSendMessage, defineMessages, message } from ${source('messages/index.ts')};
  export const messages = defineMessages({
    'count-notes': message(
      {
        schema: v.strictObject({ folder: v.pipe(v.string(), v.maxLength(20)) }),
        from: 'own-pages',
        handle: async ({ folder }) => 'text of the handler' + folder,
      },
      { from: 'sites', handle: () => 'text of the handler for sites' },
    ),
  });
  export const sendMessage = createSendMessage();
`;

const ENTRIES: Record<string, string> = {
  page: `import { sendMessage } from 'utils/messages'; console.log(sendMessage('count-notes', { folder: 'a' }));`,
  'content script': `import { sendMessage } from ${source('content/index.ts')}; console.log(sendMessage('get-user'));`,
  background: `import { messages } from 'utils/messages'; console.log(messages);`,
};

/** The bundle of an entry, as Vite builds it for the extension. */
async function bundleOf(entry: string): Promise<string> {
  const files: Record<string, string> = { entry: ENTRIES[entry] ?? '', 'utils/messages': MESSAGES };
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'product',
        enforce: 'pre',
        resolveId: (id) => (id in files ? `\0${id}` : undefined),
        load: (id) => files[id.slice(1)],
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: 'entry' } },
  });
  return (output as Rolldown.RolldownOutput).output[0].code;
}

const bundles: Record<string, string> = {};
beforeAll(async () => {
  for (const entry of Object.keys(ENTRIES)) bundles[entry] = await bundleOf(entry);
}, 60_000);

describe('a file that has rows and sendMessage', () => {
  test('gives the background its rows with schemas and handlers, and none of the callers’ code', () => {
    expect(bundles.background).toContain('text of the handler');
    expect(bundles.background).toContain('strictObject');
    expect(bundles.background).not.toContain('runtime.sendMessage');
  });

  test.each(['page', 'content script'])(
    'gives a %s the caller, and neither handlers nor schemas',
    (entry) => {
      expect(bundles[entry]).toContain('runtime.sendMessage');
      expect(bundles[entry]).not.toMatch(/text of the handler|strictObject|valibot|max_length/);
    },
  );
});
