import type { Project, Trial } from './project.ts';

const html = (title: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <title>${title}</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="./main.tsx"></script>
  </body>
</html>
`;

async function addPage(project: Project, name: string, main: string): Promise<void> {
  await project.write(`entrypoints/${name}/index.html`, html(name));
  await project.write(`entrypoints/${name}/main.tsx`, main);
}

export const additions: Trial[] = [
  {
    name: 'add a message',
    async change(project) {
      await project.replace(
        'utils/messages.ts',
        'defineMessages({})',
        `defineMessages({
  'count-letters': message({
    schema: v.strictObject({ text: v.string() }),
    from: 'own-pages',
    handle: ({ text }) => Promise.resolve(text.length),
  }),
})`,
      );
      await project.replace(
        'utils/messages.ts',
        "import { createSendMessage, defineMessages } from 'wxt-clerk/messages';",
        "import * as v from 'valibot';\nimport { createSendMessage, defineMessages, message } from 'wxt-clerk/messages';",
      );
    },
  },
  {
    name: 'add a page with content in AuthScreen and a hash router',
    change: (project) =>
      addPage(
        project,
        'notes',
        `import { useSyncExternalStore } from 'react';
import { AuthScreen, mountPage, PageShell } from 'wxt-clerk/ui';

function Notes() {
  const route = useSyncExternalStore(watchHash, () => location.hash || '#/');
  return (
    <PageShell>
      <nav>
        <a href="#/">All</a> <a href="#/new">New</a>
      </nav>
      <p>{route === '#/new' ? 'A new note' : 'All notes'}</p>
    </PageShell>
  );
}

function watchHash(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

void mountPage(
  <AuthScreen>
    <Notes />
  </AuthScreen>,
);
`,
      ),
  },
  {
    name: 'add an options page',
    change: (project) =>
      addPage(
        project,
        'options',
        `import { Show, useUser } from 'wxt-clerk/react';
import { mountPage } from 'wxt-clerk/ui';

function Options() {
  const { user } = useUser();
  return (
    <Show when="signed-in" fallback={<p>Please sign in.</p>}>
      <p>Settings of {user?.firstName}</p>
    </Show>
  );
}

void mountPage(<Options />);
`,
      ),
  },
  {
    name: 'add a content script',
    async change(project) {
      await project.write(
        'entrypoints/greeting.content.ts',
        `import { watchPublicUser } from 'wxt-clerk/content';
import { defineContentScript } from '#imports';

export default defineContentScript({
  matches: ['https://app.acme.example/*'],
  main(ctx) {
    const onChange = ({ isSignedIn }: { isSignedIn: boolean }) => {
      document.documentElement.dataset.isKnown = String(isSignedIn);
    };
    watchPublicUser({ onChange }, ctx.signal);
  },
});
`,
      );
      await project.replace('access.config.ts', 'matches: []', "matches: ['https://app.acme.example/*']");
    },
  },
];
