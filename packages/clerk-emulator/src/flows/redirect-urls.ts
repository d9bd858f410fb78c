import type { Core } from '../core.ts';
import { ApiError, formError } from '../errors.ts';
import type { Form } from '../form.ts';
import { isOfInstance } from './instance-pages.ts';

/** What kind of request begins something; a native client is refused other addresses than a web page. */
export interface Caller {
  isNative: boolean;
  isWebPage: boolean;
}

/** Where a provider sends people back to: while there is more to do, and when it is done. */
export interface RedirectUrls {
  redirectUrl: string;
  completeRedirectUrl: string;
}

/**
 * The addresses of a form.
 * @throws {ApiError} `form_param_missing`, `form_param_format_invalid`, `invalid_url_scheme`, `resource_missmatch` which names
 * the address
 */
export function readRedirectUrls(core: Core, form: Form, caller: Caller): RedirectUrls {
  const redirectUrl = form.required('redirect_url');
  assertAcceptable(core, parse(redirectUrl, 'redirect_url'), caller, 'redirect_url');
  const field = 'action_complete_redirect_url';
  const complete = parse(form.optional(field) ?? redirectUrl, field, redirectUrl);
  assertAcceptable(core, complete, caller, field);
  return { redirectUrl, completeRedirectUrl: complete.href };
}

/** Whether an address stands in the setting `redirectUrls`. */
export function isListed({ settings }: Core, address: string): boolean {
  const { redirectUrls } = settings;
  return redirectUrls === null || redirectUrls.some((listed) => bare(listed) === bare(address));
}

/** What of an address is compared: Clerk's own profile adds its state to the query. */
function bare(address: string): string {
  const url = new URL(address);
  url.search = '';
  url.hash = '';
  return url.href;
}

function parse(text: string, field: string, base?: string): URL {
  const url = URL.parse(text, base);
  if (!url) throw formError('form_param_format_invalid', field);
  return url;
}

function assertAcceptable(core: Core, url: URL, { isNative }: Caller, field: string): void {
  if (isListed(core, url.href)) return;
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb && !isNative) throw formError('invalid_url_scheme', field);
  if (isWeb && isOfInstance(core, url.origin)) return;
  core.log(`[redirect] ${url.href} is refused: it is not in the setting "redirectUrls".`);
  throw new ApiError('resource_missmatch', {
    longMessage:
      'The current redirect url passed in the sign in or sign up request does not match an authorized redirect URI for this ' +
      `instance. Review authorized redirect urls for your instance. ${url.href}`,
  });
}
