import { join } from 'node:path';
import {
  describeChoice,
  describeComponents,
  describeErrors,
  describeFunctions,
  describeHooks,
  describeTypes,
} from './exports.ts';
import { describeMessages } from './messages.ts';
import { openCore } from './project.ts';
import { describeWhere } from './where.ts';

export const API_DOCUMENT = join(import.meta.dirname, '../../docs/api.md');

const HEAD = `# API

Written by \`npm run docs:api\` from the rows, types and comments of \`packages/wxt-clerk/src\`: change those, not this file. Times on the wire are
Unix milliseconds. Signed out is \`null\`, never an error. What a project declares for Clerk (\`ClerkAuthorization\`, \`CustomJwtSessionClaims\`,
\`UserPublicMetadata\`) counts here, too.`;

const PINNED = `Pinned is what is in a \`<PinnedSession sessionId="…">\`, or a hook that is given \`{ sessionId }\`. Hooks are for own pages: a content script has
functions of its own, in \`wxt-clerk/content\`.`;

const OF_HOOKS = 'PageUser PageSession PageMembership UserMemberships UseOrganizationListOptions';
const OF_MESSAGES =
  'SessionToken UserSnapshot SessionSnapshot ListedSession PublicUserData MembershipSnapshot OrganizationSnapshot';
const OF_SITES = 'ApiResponse PublicUser PublicAuthState';

/** The text of docs/api.md, from the sources as they are now. */
export function apiDocument(): string {
  using core = openCore();
  const sections = [
    HEAD,
    '## What each hook gives where',
    PINNED,
    describeWhere(core),
    '## Hooks and components',
    describeHooks(core),
    describeComponents(core, 'react/index.ts', 'Show'),
    describeChoice(core, 'react/index.ts', 'ShowWhen'),
    describeComponents(core, 'react/index.ts', 'PinnedSession'),
    describeComponents(core, 'ui/index.ts', 'AuthScreen AccountCard UserButton'),
    describeTypes(core, 'react/index.ts', OF_HOOKS),
    '## Functions without React',
    'In `wxt-clerk/client`. What `pinSession(sessionId)` gives (`SessionActions`) has those that are about one session.',
    describeFunctions(core, 'client/index.ts'),
    describeTypes(core, 'client/index.ts', 'SetActiveParams SessionActions'),
    '## Functions of content scripts',
    'In `wxt-clerk/content`: no Clerk, no React, and no token unless the site is granted one.',
    describeFunctions(core, 'content/index.ts'),
    '## Messages',
    describeMessages(core, 'messages/core-messages.ts', 'coreMessages'),
    '## Messages of a build with single sign-on',
    describeMessages(core, 'messages/sso-messages.ts', 'ssoMessages'),
    '## Values of messages',
    describeTypes(core, 'messages/index.ts', `${OF_MESSAGES} ${OF_SITES}`),
    '## Error codes',
    describeErrors(core),
  ];
  return `${sections.join('\n\n')}\n`;
}
