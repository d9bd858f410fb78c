import type { AccessConfig } from 'wxt-clerk/build';

/**
 * Who gets what, besides the extension's own pages: nobody gets anything until you name them here. A build stops at an
 * origin that is not exact, and at a match pattern for pages that anybody on the network can change. For one build, the
 * variables of `.env.example` take the place of these lists.
 */
export const access: AccessConfig = {
  contentScript: {
    // Web pages that the example content script runs on, as match patterns: 'https://app.example.com/*'. They have no
    // port: 'http://localhost/*' is every port.
    matches: [],
    // Where a content script may ask who is signed in, and nothing else; here, 'https://*/*' may be every page.
    status: [],
  },
  // Web origins whose content script gets a session token; with a template, only tokens of that JWT template. Leave it
  // empty and use `fetchApi` instead: a token that is in a web page's process can be stolen there.
  tokens: [],
  // Origins of your own API, which `fetchApi` asks with the person's session token: 'https://api.example.com'.
  apiOrigins: [],
};
