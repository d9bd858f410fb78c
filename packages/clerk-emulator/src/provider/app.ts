import { setTimeout as delay } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Core } from '../core.ts';
import { newAccount } from '../flows/external-accounts.ts';
import { PAGE_HEADERS, pageHtml } from '../page.ts';
import type { ProviderAccount } from '../state/external-accounts.ts';
import { consentPage } from './consent-page.ts';
import { findProvider, freeEmailAddress, type Provider, peopleOf } from './directory.ts';

/** What a provider tells the app that sent the person: by whom, or why not. */
type Outcome = { account: ProviderAccount } | { error: string };

/** Told to the person, in a page. */
class PageError extends Error {
  readonly status: 400 | 403 | 404;

  constructor(sentence: string, status: 400 | 403 | 404 = 400) {
    super(sentence);
    this.name = 'PageError';
    this.status = status;
  }
}

/** The pages of all providers of single sign-on, on an origin of their own, as Google's are. */
export function createProviderApp(core: Core): Hono {
  const app = new Hono({ strict: false });
  app.use(async (c, next) => {
    // A name that was made to point at loopback would let a web page read who is here.
    if (c.req.header('host') !== new URL(core.providerUrl).host) {
      throw new PageError(`The providers are at ${core.providerUrl} and nowhere else.`, 403);
    }
    await next();
    for (const [name, value] of Object.entries(PAGE_HEADERS)) c.header(name, value);
  });
  app.get('/:provider/authorize', (c) => {
    const request = readRequest(core, c);
    const people = peopleOf(core, request.provider);
    const newEmailAddress = request.loginHint ?? freeEmailAddress(core, request.provider);
    return c.html(consentPage(request.provider, { people, newEmailAddress }));
  });
  app.post('/:provider/authorize', async (c) => {
    const request = readRequest(core, c);
    const form = new URLSearchParams(await c.req.text());
    if (form.get('choice') === 'slow') await delay(core.settings.providerDelayMs, undefined, { ref: false });
    const outcome = decide(core, request.provider, form);
    return c.redirect(answerUrl(core, request.state, outcome), 303);
  });
  app.notFound(() => {
    throw new PageError('There is no such page: a sign-in leads to the right one.', 404);
  });
  app.onError((error, c) => {
    if (error instanceof PageError) return c.html(refusalPage(error.message), error.status);
    core.log(`[error] ${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`);
    return c.html(refusalPage('The local Frontend API failed; its log says why.'), 500);
  });
  return app;
}

interface AuthorizeRequest {
  provider: Provider;
  state: string;
  loginHint: string | null;
}

/** @throws {PageError} */
function readRequest(core: Core, c: Context): AuthorizeRequest {
  const provider = findProvider(core, c.req.param('provider') ?? '');
  if (!provider) throw new PageError('The instance does not have this provider.', 404);
  const callback = callbackUrl(core);
  if (c.req.query('redirect_uri') !== callback) throw new PageError(`"redirect_uri" must be ${callback}.`);
  const state = c.req.query('state');
  if (!state) throw new PageError('"state" is missing.');
  return { provider, state, loginHint: c.req.query('login_hint') || null };
}

function refusalPage(sentence: string) {
  return pageHtml('Not possible', html`<h1>Not possible</h1><p>${sentence}</p>`);
}

/** @throws {PageError} for what the page has no button for */
function decide(core: Core, provider: Provider, form: URLSearchParams): Outcome {
  const people = peopleOf(core, provider);
  switch (form.get('choice')) {
    case 'deny':
      return { error: 'access_denied' };
    case 'error':
      return { error: 'server_error' };
    case 'new-person':
      return { account: newPerson(provider, form) };
    case 'slow':
      return { account: people[0] ?? newcomer(core, provider) };
    default: {
      const account = people.find(({ providerUserId }) => providerUserId === form.get('account'));
      if (!account) throw new PageError('The page offers no such choice.');
      return { account };
    }
  }
}

/** Who answers late where nobody is known yet. */
function newcomer(core: Core, provider: Provider): ProviderAccount {
  const emailAddress = freeEmailAddress(core, provider);
  return newAccount(provider.strategy, { emailAddress, firstName: 'New', lastName: 'Comer' });
}

function newPerson({ strategy }: Provider, form: URLSearchParams): ProviderAccount {
  const emailAddress = (form.get('emailAddress') ?? '').trim().toLowerCase();
  const isShared = form.has('shareEmail') && emailAddress !== '';
  if (isShared && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(emailAddress)) {
    throw new PageError(`"${emailAddress}" is no e-mail address.`);
  }
  const account = newAccount(strategy, {
    emailAddress,
    firstName: form.get('firstName')?.trim() || null,
    lastName: form.get('lastName')?.trim() || null,
  });
  return isShared ? account : { ...account, emailAddress: null };
}

function answerUrl(core: Core, state: string, outcome: Outcome): string {
  const answer =
    'error' in outcome ? { error: outcome.error } : { code: core.singleSignOn.grant(outcome.account) };
  return `${callbackUrl(core)}?${new URLSearchParams({ ...answer, state })}`;
}

function callbackUrl({ url }: Core): string {
  return `${url}/v1/oauth_callback`;
}
