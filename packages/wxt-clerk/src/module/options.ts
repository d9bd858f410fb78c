import {
  array,
  boolean,
  getDotPath,
  object,
  optional,
  safeParse,
  strictObject,
  string,
  union,
} from 'valibot';
import type { AccessOptions } from '../shared/access-config.ts';
import type { SyncOptions } from './sync.ts';

/** `clerk` in `wxt.config.ts`. Each has a default: without any of them the extension signs people in. */
export interface ClerkOptions {
  /** Who gets what besides the extension's own pages. Nobody gets anything until it is named here. */
  access?: AccessOptions;
  /**
   * Start from nothing: the pages load and reach only what Clerk and `access` need, no other extension may connect, and
   * content scripts have no storage. What `wxt.config.ts` says itself is added to that. For a new extension; without it
   * the module only adds to what the extension has. Default: false.
   */
  strict?: boolean;
  /**
   * May content scripts use `storage.local` and `storage.sync`? Chrome can close them, Firefox cannot; `storage.session`
   * is closed in both, always. Default: what the extension has made of them itself, with `strict` false.
   */
  contentScriptStorage?: boolean;
  /**
   * Single sign-on: providers such as Google, and a company's own (docs/sign-in-anywhere.md). It takes a permission and a
   * host, and both addresses on the instance's list of redirect URLs. `WXT_CLERK_SSO` says it for one build. Default: false.
   */
  sso?: boolean;
  /**
   * A web page that says "back to the extension", where links in mails lead to: no link can lead into an extension. Default:
   * where Clerk's own form would have them lead to.
   */
  emailLinkPage?: string;
  /** Languages of the screens, such as `['en', 'de']`. Default: those in `public/_locales` that the screens have, or English. */
  languages?: string[];
  /**
   * Is the session of the web app of the same instance the extension's, too? For one build: `WXT_CLERK_SYNC`. It asks for the
   * permission `cookies`. Default: false.
   */
  sync?: boolean | SyncOptions;
}

declare module 'wxt' {
  interface InlineConfig {
    /** Options of `wxt-clerk/module`. */
    clerk?: ClerkOptions;
  }
}

const SHAPE = strictObject({
  // `resolveAccess` says more about what is wrong in there.
  access: optional(object({})),
  strict: optional(boolean()),
  contentScriptStorage: optional(boolean()),
  sso: optional(boolean()),
  emailLinkPage: optional(string()),
  languages: optional(array(string())),
  // `resolveSync` says more about what is wrong in there.
  sync: optional(union([boolean(), object({})])),
});

/** Where the options stand, for errors. */
export const OPTIONS_PLACE = 'clerk in wxt.config.ts';

/** @throws {Error} For an option that there is not, or a value of the wrong kind. The build does not look at types. */
export function checkOptions(options: unknown): asserts options is ClerkOptions {
  const [issue] = safeParse(SHAPE, options).issues ?? [];
  if (!issue) return;
  const path = getDotPath(issue);
  const names = Object.keys(SHAPE.entries).join(', ');
  if (issue.expected === 'never')
    throw new Error(`${OPTIONS_PLACE} has "${path}", which is no option. There are: ${names}.`);
  const where = path ? `${path} of ${OPTIONS_PLACE}` : OPTIONS_PLACE;
  throw new Error(`${where} is ${issue.received}, expected ${issue.expected}. The options: ${names}.`);
}
