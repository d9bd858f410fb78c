/** One line of defence, taken out. */
export interface Mutation {
  name: string;
  file: string;
  /** Must be in the file exactly once. */
  find: string | RegExp;
  replace: string;
  /** Test files of which at least one test has to fail. */
  tests: string[];
}

const BACKGROUND = 'packages/wxt-clerk/src/background';
const MESSAGES = 'packages/wxt-clerk/src/messages';
const UNIT = 'packages/wxt-clerk/tests';

const POLICY_DIRECTIVES = [
  'default-src',
  'script-src',
  'style-src',
  'img-src',
  'font-src',
  'connect-src',
  'object-src',
  'base-uri',
  'form-action',
  'frame-ancestors',
];

/** Every line of the trust line that must not go missing unnoticed. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'the gate: everybody may ask everything',
    file: `${MESSAGES}/sender-policy.ts`,
    find: 'KINDS[audience].some((kind) => [from].flat().includes(kind))',
    replace: '[from].flat().length > 0',
    tests: [`${UNIT}/router.test.ts`, `${UNIT}/sender-policy.test.ts`],
  },
  {
    name: 'the gate: who is named in no part passes',
    file: `${BACKGROUND}/router.ts`,
    find: "  if (!part) throw new MessageError('forbidden');\n",
    replace: '  if (!part) return async () => null;\n',
    tests: [`${UNIT}/router.test.ts`],
  },
  {
    name: 'the gate: other extensions pass',
    file: `${MESSAGES}/sender-policy.ts`,
    find: 'id === undefined || id !== own.id || origin === undefined',
    replace: 'origin === undefined',
    tests: [`${UNIT}/sender-policy.test.ts`],
  },
  {
    name: 'the gate: own pages pass when a web page frames them',
    file: `${MESSAGES}/sender-policy.ts`,
    find: "frameId === undefined || frameId === 0 ? 'own-page' : 'stranger'",
    replace: "'own-page'",
    tests: [`${UNIT}/sender-policy.test.ts`],
  },
  {
    name: 'the gate: frames inside a site pass',
    file: `${MESSAGES}/sender-policy.ts`,
    find: 'frameId !== 0 || !/^https?:/.test(origin)',
    replace: 'false',
    tests: [`${UNIT}/sender-policy.test.ts`],
  },
  {
    name: 'the gate: sites that nobody named pass',
    file: `${MESSAGES}/sender-policy.ts`,
    find: "isCovered(origin, status) ? 'status-site' : 'stranger'",
    replace: "'status-site'",
    tests: [`${UNIT}/sender-policy.test.ts`],
  },
  {
    name: 'the gate: every site has tokens',
    file: `${MESSAGES}/sender-policy.ts`,
    find: "return tokenGrantOf(origin, access) ? 'token-site' : 'site';",
    replace: "return 'token-site';",
    tests: [`${UNIT}/sender-policy.test.ts`],
  },
  {
    name: 'the gate: a token of any template',
    file: `${MESSAGES}/core-messages.ts`,
    find: "  if (asked !== undefined && asked !== tokenGrant.template) throw new MessageError('forbidden');\n",
    replace: '',
    tests: [`${UNIT}/core-messages.test.ts`],
  },
  {
    name: 'the gate: a refusal tells of the auth state',
    file: `${BACKGROUND}/router.ts`,
    find: "failure.code === 'forbidden' ? refusal(failure) : ",
    replace: '',
    tests: [`${UNIT}/router.test.ts`],
  },
  {
    name: 'the public view: content scripts get the whole person',
    file: `${MESSAGES}/core-messages.ts`,
    find: '=> publicUserOf(await auth.getUser()),',
    replace: '=> (await auth.getUser()) as never,',
    tests: [`${UNIT}/core-messages.test.ts`],
  },
  {
    name: 'the parser: not asked',
    file: `${BACKGROUND}/router.ts`,
    find: "  if (options === null) throw new MessageError('bad-request');\n",
    replace: '',
    tests: [`${UNIT}/router.test.ts`],
  },
  {
    name: 'the parser: schemas are not asked',
    file: `${MESSAGES}/parse-request.ts`,
    find: 'return parsed.success ? parsed.output : null;',
    replace: 'return options;',
    tests: [`${UNIT}/parse-request.test.ts`, `${UNIT}/router.test.ts`],
  },
  {
    name: 'the channel: a message of ours that is malformed is left alone',
    file: `${BACKGROUND}/router.ts`,
    find: 'if (!ownsChannel && !rowOf(rows, typeOf(message))) return undefined;',
    replace: 'if (!ownsChannel) return undefined;',
    tests: [`${UNIT}/router.test.ts`],
  },
  {
    name: 'the channel: other listeners’ messages are answered',
    file: `${BACKGROUND}/router.ts`,
    find: '    if (!ownsChannel && !rowOf(rows, typeOf(message))) return undefined;\n',
    replace: '',
    tests: [`${UNIT}/router.test.ts`],
  },
  {
    name: 'the parser: live Maps and Dates',
    file: `${MESSAGES}/is-json.ts`,
    find: '    if (!isPlain(parent)) return false;\n',
    replace: '',
    tests: [`${UNIT}/parse-request.test.ts`],
  },
  {
    name: 'the parser: any depth',
    file: `${MESSAGES}/is-json.ts`,
    find: 'depth < MAX_DEPTH && ',
    replace: '',
    tests: [`${UNIT}/parse-request.test.ts`],
  },
  {
    name: 'the parser: texts of any size',
    file: `${MESSAGES}/is-json.ts`,
    find: '        left -= part.length;\n',
    replace: '',
    tests: [`${UNIT}/parse-request.test.ts`],
  },
  {
    name: 'the parser: an own __proto__',
    file: `${MESSAGES}/is-json.ts`,
    find: "name === '__proto__' || ",
    replace: '',
    tests: [`${UNIT}/parse-request.test.ts`],
  },
  {
    name: 'the parser: options that nobody knows',
    file: `${MESSAGES}/parse-request.ts`,
    find: 'const NO_OPTIONS = v.strictObject(',
    replace: 'const NO_OPTIONS = v.looseObject(',
    tests: [`${UNIT}/parse-request.test.ts`],
  },
  {
    name: 'the parser: any request header',
    file: `${MESSAGES}/core-messages.ts`,
    find: 'v.pipe(v.string(), v.toLowerCase(), v.picklist(SENDABLE_HEADERS))',
    replace: 'v.pipe(v.string(), v.toLowerCase())',
    tests: [`${UNIT}/parse-request.test.ts`],
  },
  {
    name: 'the budget: a flood is served',
    file: `${BACKGROUND}/router.ts`,
    find: "  if (waitMs > 0) throw new MessageError('rate-limited', { retryAfterMs: waitMs });\n",
    replace: '',
    tests: [`${UNIT}/router.test.ts`],
  },
  {
    name: 'the storage lock: not called',
    file: `${BACKGROUND}/start-clerk.ts`,
    find: '  void lockStorage();\n',
    replace: '',
    tests: [`${UNIT}/background/start-clerk.test.ts`],
  },
  {
    name: 'the storage lock: without storage.local',
    file: `${BACKGROUND}/lock-storage.ts`,
    find: "'local', 'sync'",
    replace: "'sync'",
    tests: [`${UNIT}/background/lock-storage.test.ts`],
  },
  {
    name: 'the pages: a session token in a cookie jar',
    file: 'packages/wxt-clerk/src/ui/clerk/page-cookies.ts',
    find: ' || SESSION_TOKEN.test(name)',
    replace: '',
    tests: [`${UNIT}/page-cookies.test.ts`],
  },
  {
    name: 'the pages: Clerk’s answers in the browser’s cache',
    file: 'packages/wxt-clerk/src/ui/clerk/page-credential.ts',
    find: "    request.cache = 'no-store';\n",
    replace: '',
    tests: [`${UNIT}/page-credential.test.ts`],
  },
  {
    name: 'the authenticated fetch: to any origin',
    file: `${BACKGROUND}/api-fetch.ts`,
    find: "  if (!isAllowed(request.url, apiOrigins)) throw new MessageError('api-refused');\n",
    replace: '',
    tests: [`${UNIT}/background/api-fetch.test.ts`],
  },
  {
    name: 'the authenticated fetch: follows redirects',
    file: `${BACKGROUND}/api-fetch.ts`,
    find: "redirect: 'error'",
    replace: "redirect: 'follow'",
    tests: [`${UNIT}/background/api-fetch.test.ts`],
  },
  {
    name: 'the authenticated fetch: sends cookies',
    file: `${BACKGROUND}/api-fetch.ts`,
    find: "credentials: 'omit'",
    replace: "credentials: 'include'",
    tests: [`${UNIT}/background/api-fetch.test.ts`],
  },
  {
    name: 'the authenticated fetch: hands an echoed token on',
    file: `${BACKGROUND}/api-fetch.ts`,
    find: "  if (holdsSignature(answer, token)) throw new MessageError('api-unavailable');\n",
    replace: '',
    tests: [`${UNIT}/background/api-fetch.test.ts`],
  },
  {
    name: 'the authenticated fetch: sent again as whoever is signed in by then',
    file: `${BACKGROUND}/api-fetch.ts`,
    find: "      // Who signed in since then neither sends this request nor is given its answer.\n      if (sessionId() !== asker || bearer.sessionId !== asker) throw new MessageError('signed-out');\n",
    replace: '',
    tests: [`${UNIT}/background/api-fetch.test.ts`],
  },
  {
    name: 'the authenticated fetch: sent again with the token of another person',
    file: `${BACKGROUND}/api-fetch.ts`,
    find: ' || bearer.sessionId !== asker',
    replace: '',
    tests: [`${UNIT}/background/api-fetch.test.ts`],
  },
  {
    name: 'the authenticated fetch: whose the token is, is read after it came',
    file: `${BACKGROUND}/api-fetch.ts`,
    find: 'const asker = token.sessionId;',
    replace: 'const asker = sessionId();\n    token.sessionId = String(asker);',
    tests: [`${UNIT}/background/api-fetch.test.ts`],
  },
  {
    name: 'the authenticated fetch: answers for whoever is signed in by then',
    file: `${BACKGROUND}/api-fetch.ts`,
    find: "      if (sessionId() !== asker) throw new MessageError('signed-out');\n      return answer;\n",
    replace: '      return answer;\n',
    tests: [`${UNIT}/background/api-fetch.test.ts`],
  },
  {
    name: 'the authenticated fetch: every 401 asks the Frontend API',
    file: `${BACKGROUND}/api-fetch.ts`,
    find: '    if (clock.monotonic() - renewedAt < RENEWAL_PAUSE_MS) return renewal.then(() => getToken({}));\n',
    replace: '',
    tests: [`${UNIT}/background/api-fetch.test.ts`],
  },
  {
    name: 'the authenticated fetch: answers of any size',
    file: `${BACKGROUND}/api-fetch.ts`,
    find: "    if (size > LARGEST_BODY) throw new MessageError('response-too-large');\n",
    replace: '',
    tests: [`${UNIT}/background/api-fetch.test.ts`],
  },
  {
    name: 'the configuration: wildcards in origins',
    file: 'packages/wxt-clerk/src/module/resolve-access.ts',
    find: /^ {2}if \(url\.origin !== origin\)\n.*\n/m,
    replace: '',
    tests: [`${UNIT}/module/resolve-access.test.ts`],
  },
  {
    name: 'the manifest: two backgrounds',
    file: 'packages/wxt-clerk/src/module/manifest.ts',
    find: "  if (incognito !== 'split') return;\n",
    replace: '  return;\n',
    tests: [`${UNIT}/module/manifest.test.ts`],
  },
  {
    name: 'the manifest: other extensions may connect',
    file: 'packages/wxt-clerk/src/module/manifest.ts',
    find: ' ?? { ids: [] }',
    replace: '',
    tests: [`${UNIT}/module/manifest.test.ts`],
  },
  ...POLICY_DIRECTIVES.map((directive) => ({
    name: `the Content Security Policy: ${directive}`,
    file: 'packages/wxt-clerk/src/module/content-security-policy.ts',
    find: new RegExp(`^ +'${directive}': .*\\n`, 'm'),
    replace: '',
    tests: [`${UNIT}/module/manifest.test.ts`],
  })),
];
