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
const OF_SITES = 'ApiAnswer PublicUser PublicAuthState';

const REQUESTS = `\`fetchApi\` in own pages and content scripts, \`useAuthenticatedFetch\`, and \`fetchApi\` of a message's handler. The background adds the
token, so the API needs no CORS. \`apiOrigins\` of \`access.config.ts\` says where it goes. \`ApiResponse<Body>\` is an \`ApiAnswer\` with \`ok\`: true for a
status from 200 to 299, of which \`body\` is a \`Body\`.

\`\`\`ts
const notes = await fetchApi('https://api.example.com/notes', { schema: v.array(Note) }); // own pages; valibot, zod, arktype, …
if (notes.ok) notes.body; // Note[]; of an error of the API, JSON

try {
  await fetchApi('https://api.example.com/notes', { method: 'POST', body: { text } });
} catch (reason) {
  const { code, sent } = toMessageError(reason); // sent: 'no' | 'maybe' | 'yes'
}

await fetchApi('https://api.example.com/files', { method: 'POST', body: file }); // Blob, File, FormData, ArrayBuffer, …
const report = await fetchApi('https://api.example.com/report', { responseType: 'blob' });
if (report.ok) URL.createObjectURL(report.body);
\`\`\`

What is repeated by itself: a GET whose background the browser stopped; and any request that was answered with 401, once, with a new token, since it was
refused. Nothing else is, so that a request with \`sent: 'maybe'\` is repeated by you or not at all; give it an \`idempotency-key\`. In a handler an error
has \`sent\`, too, and takes it along to who sent the message.

| | limit |
|---|---|
| JSON and text in a message | 64 Ki characters sent (own pages send more as a file), 1 MiB received, 15 s |
| a file, either way | 100 MiB, 5 minutes, as long as the page is open: when a popup closes, nobody waits any more and the browser may stop the background |
| an error of the API to a request with \`responseType: 'blob'\` | JSON or text of at most 1 MiB |

A file goes between page and background through a \`BroadcastChannel\` with a random name; the request itself is a message like any other. Nothing is stored by
the extension; the browser may page out what is large. Not possible this way: content scripts (their channels are the site's: \`forbidden\`); pages in a
private window of Firefox or in a container (another storage partition than the background's: \`transfer-unavailable\`); progress and streams (\`fetch\` tells
the background nothing of an upload's progress, and Chrome transfers no stream to a page); an abort. For those, give the page an address that your API has signed.

\`useReverification(fetcher)\` answers Clerk's 403 ("reverification"). A content script, a handler and a page without \`AuthScreen\` get the 403 as it is.`;

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
    '## Requests to your API',
    REQUESTS,
    describeChoice(core, 'messages/index.ts', 'Sent'),
    describeChoice(core, 'messages/index.ts', 'ApiBody'),
    describeTypes(core, 'messages/index.ts', 'PageApiOptions AnswerOptions'),
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
