import { html } from 'hono/html';
import type { ProviderAccount } from '../state/external-accounts.ts';
import type { Provider } from './directory.ts';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: start center; background: Canvas; color: CanvasText; }
  main { width: min(26rem, 100vw - 2rem); margin: 2rem 0; }
  h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .25rem; }
  h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
  p { margin: 0 0 1rem; }
  button { font: inherit; display: block; width: 100%; margin: 0 0 .5rem; padding: .6rem .9rem; text-align: start; cursor: pointer;
    border: 1px solid color-mix(in srgb, CanvasText 45%, Canvas); border-radius: .5rem; background: Canvas; color: CanvasText; }
  button:hover { background: color-mix(in srgb, CanvasText 8%, Canvas); }
  button:focus-visible, input:focus-visible { outline: 3px solid #6c47ff; outline-offset: 2px; }
  button small { display: block; }
  .row { display: grid; grid-template-columns: repeat(3, 1fr); gap: .5rem; }
  .row button { text-align: center; }
  label { display: block; margin: 0 0 .5rem; }
  input[type=text], input[type=email] { font: inherit; display: block; width: 100%; box-sizing: border-box; padding: .45rem .6rem;
    border: 1px solid color-mix(in srgb, CanvasText 45%, Canvas); border-radius: .5rem; background: Canvas; color: CanvasText; }
  footer { margin-top: 1.75rem; font-size: .875rem; }`;

/** A page of this server's: plain HTML that runs no script. */
export function pageHtml(title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body><main>${body}</main></body>
</html>`;
}

/** What the page asks of the person: which account it is, or none. */
export function consentPage(
  provider: Provider,
  { people, newEmailAddress }: { people: ProviderAccount[]; newEmailAddress: string },
) {
  const { name } = provider;
  return pageHtml(
    `Sign in with ${name}`,
    html`
<h1>Sign in with ${name}</h1>
<p>Local app wants to know your name, e-mail address and picture.</p>
<form method="post">
${people.length > 0 ? html`<h2>Choose an account</h2>` : ''}
${people.map((person, index) => personButton(person, index))}
<h2>Somebody new</h2>
<label>E-mail address <input id="new-email" type="email" name="emailAddress" value="${newEmailAddress}"></label>
<label>First name <input id="new-first-name" type="text" name="firstName" value="New"></label>
<label>Last name <input id="new-last-name" type="text" name="lastName" value="Comer"></label>
<label><input id="share-email" type="checkbox" name="shareEmail" value="true" checked> Share the e-mail address</label>
<button id="new-person" name="choice" value="new-person">Continue as somebody new</button>
<h2>Or else</h2>
<div class="row">
<button id="deny" name="choice" value="deny">Deny</button>
<button id="slow" name="choice" value="slow">Answer late</button>
<button id="error" name="choice" value="error">Fail</button>
</div>
</form>
<footer>This stands in for ${name}. Nothing leaves this machine.</footer>`,
  );
}

function personButton({ emailAddress, firstName, lastName, providerUserId }: ProviderAccount, index: number) {
  const name = [firstName, lastName].filter(Boolean).join(' ');
  return html`<button id="person-${index + 1}" name="account" value="${providerUserId}" data-email="${emailAddress ?? ''}">
Continue as ${name || emailAddress}${name && emailAddress ? html` <small>${emailAddress}</small>` : ''}</button>`;
}
