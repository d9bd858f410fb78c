import { hooksOf } from './exports.ts';
import { code, table } from './markdown.ts';
import type { Core } from './project.ts';

/** What each hook, and `Show`, gives in own pages, in a pinned one, and what a content script has in its place. */
const GIVEN: Record<string, [ownPages: string, pinned: string, contentScript: string]> = {
  useAuth: [
    'the active session',
    'that session; signed out when it is over',
    'whether somebody is signed in (`watchPublicUser`); a token where one is granted (`sendMessage`)',
  ],
  useUser: ['its person', 'its person', 'first name, last name and picture (`watchPublicUser`)'],
  useSession: ['the active session', 'that session', 'nothing'],
  useSessionList: ['every session', 'every session', 'nothing'],
  useOrganization: ['its organization', 'its organization', 'nothing'],
  useOrganizationList: ['its person’s organizations', 'its person’s organizations', 'nothing'],
  useTokenRefresh: ['its token', 'its token', 'nothing'],
  Show: ['its children, by the active session', 'its children, by that session', 'nothing'],
  useReverification: [
    'Clerk’s dialog and the request once more, in an `AuthScreen`',
    'the same, if the session is the active one; else the 403 as it is',
    'nothing: the 403 as it is',
  ],
  useAuthenticatedFetch: [
    'your API as its person, with any token',
    'your API as its person, with any token',
    'your API as the active person, with the session token (`fetchApi`)',
  ],
};

/** @throws {Error} When there is a hook without a row, or a row without a hook. */
export function describeWhere(core: Core): string {
  const names = [...hooksOf(core).map(({ name }) => name), 'Show'];
  const odd = new Set(names).symmetricDifference(new Set(Object.keys(GIVEN)));
  if (odd.size > 0) throw new Error(`tools/api-docs/where.ts: ${[...odd]}`);
  const rows = names.map((name) => [code(name), ...(GIVEN[name] ?? [])]);
  return table(['hook or component', 'own pages', 'pinned', 'content script of a granted site'], rows);
}
