export const STRIP_ORIGIN_VARIABLE = 'WXT_STRIP_ORIGIN';

/**
 * The switch for production instances that refuse the extension's origin: `WXT_STRIP_ORIGIN=true`, in `.env.firefox` or
 * `.env.chrome` for one browser alone. Off by default.
 *
 * Firefox gives every install another origin (`moz-extension://<uuid>`), so none can be listed among an instance's allowed
 * origins, and Clerk refuses an unlisted `Origin` beside `Authorization`, by some reports a listed one, too. With the
 * switch the build asks for the permission `declarativeNetRequestWithHostAccess`, and the background takes `Origin` off
 * this extension's own native requests to its own Frontend API. Tokens that Clerk mints for a request without an `Origin`
 * have no `azp` claim, so a server must not demand one (`authorizedParties` of `@clerk/backend`). A development instance
 * knows no native requests: there the switch changes nothing.
 *
 * @throws {Error} For anything but `true`, `false` and nothing.
 */
export function parseStripOrigin(value: string | undefined): boolean {
  const seen = value?.trim() ?? '';
  if (seen === 'true') return true;
  if (seen === '' || seen === 'false') return false;
  throw new Error(`${STRIP_ORIGIN_VARIABLE} is "${seen}". Set it to true or false, or leave it out (false).`);
}
