/** What a build, a command line or a test has to know: publishable keys, access, and the variables of a build. */

export * from './module/build-environment.ts';
export { extensionIdOfFolder, extensionIdOfKey } from './module/extension-id.ts';
export { LANGUAGES, languageDefines, languagesOf } from './module/languages.ts';
export * from './module/manifest-options.ts';
export { ACCESS_VARIABLES, resolveAccess } from './module/resolve-access.ts';
export * from './module/settings.ts';
export { findCallbackUrl } from './module/sso.ts';
export { withoutPolyfill } from './module/without-polyfill.ts';
export { abbreviate } from './shared/abbreviate.ts';
export {
  type AccessConfig,
  type AccessOptions,
  isCovered,
  matchPatternOf,
  type TokenGrant,
} from './shared/access-config.ts';
export { instanceRefusal, readClerkCode, readInstanceRefusal } from './shared/instance-refusal.ts';
export { isLoopback } from './shared/loopback.ts';
export {
  frontendApiMatchPattern,
  PUBLISHABLE_KEY_VARIABLE,
  type PublishableKey,
  parsePublishableKey,
} from './shared/publishable-key.ts';
export { parseStripOrigin, STRIP_ORIGIN_VARIABLE } from './shared/strip-origin.ts';
