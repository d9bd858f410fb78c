/** The empty page of the extension's own in a window for a provider's page, as long as that is not loaded. */
export const OPENING_PAGE = 'wxt-clerk-opening.html';

/** The switch for one build; `clerk: { sso: true }` in `wxt.config.ts` is the one for all. */
export const SSO_VARIABLE = 'WXT_CLERK_SSO';

/**
 * Reads the switch of the environment.
 *
 * @returns `undefined` when it is not set: then the module's option decides.
 * @throws {Error} For anything but `true`, `false` and nothing.
 */
export function parseSso(value: string | undefined): boolean | undefined {
  const seen = value?.trim() ?? '';
  if (seen === '') return undefined;
  if (seen === 'true' || seen === 'false') return seen === 'true';
  throw new Error(`${SSO_VARIABLE} is "${seen}". Set it to true or false, or leave it out.`);
}
