import type { Trial } from './project.ts';

function deletionOf(name: string, ...paths: string[]): Trial {
  return {
    name: `delete ${name}`,
    change: async (project) => {
      for (const path of paths) await project.remove(path);
    },
  };
}

export const deletions: Trial[] = [
  deletionOf('the token demo', 'entrypoints/token-demo'),
  deletionOf('the example content script', 'entrypoints/example.content'),
  deletionOf('a language', 'public/_locales/fr'),
  deletionOf('examples/', 'examples'),
  deletionOf(
    'all of these, and every language but English',
    'entrypoints/token-demo',
    'entrypoints/example.content',
    'examples',
    'public/_locales/de',
    'public/_locales/fr',
  ),
];
