import { html } from 'hono/html';
import { pageHtml } from '../page.ts';
import type { ProviderAccount } from '../state/external-accounts.ts';
import { fullName } from '../state/users.ts';
import type { Provider } from './directory.ts';

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
${people.length > 0 ? html`<h2>Choose an account</h2>` : ''}
<form method="post">${people.map((person, index) => personButton(person, index))}</form>
<h2>Somebody new</h2>
<form method="post">
<label>E-mail address <input id="new-email" type="email" name="emailAddress" value="${newEmailAddress}"></label>
<label>First name <input id="new-first-name" type="text" name="firstName" value="New"></label>
<label>Last name <input id="new-last-name" type="text" name="lastName" value="Comer"></label>
<label><input id="share-email" type="checkbox" name="shareEmail" value="true" checked> Share the e-mail address</label>
<button id="new-person" name="choice" value="new-person">Continue as somebody new</button>
</form>
<h2>Or else</h2>
<form method="post" class="row">
<button id="deny" name="choice" value="deny">Deny</button>
<button id="slow" name="choice" value="slow">Answer late</button>
<button id="error" name="choice" value="error">Fail</button>
</form>
<footer>This stands in for ${name}. Nothing leaves this machine.</footer>`,
  );
}

function personButton(account: ProviderAccount, index: number) {
  const { emailAddress, providerUserId } = account;
  const name = fullName(account);
  return html`<button id="person-${index + 1}" name="account" value="${providerUserId}" data-email="${emailAddress ?? ''}">
Continue as ${name || emailAddress}${name && emailAddress ? html` <small>${emailAddress}</small>` : ''}</button>`;
}
