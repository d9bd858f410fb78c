interface ImportMetaEnv {
  readonly WXT_CLERK_PUBLISHABLE_KEY?: string;
  readonly WXT_STRIP_ORIGIN?: string;
}

/** Version of `@clerk/chrome-extension`, put in by `wxt.config.ts`. */
declare const __CLERK_SDK_VERSION__: string;

/** The access of this build, checked and put in by `wxt.config.ts`. */
declare const __ACCESS__: import('./access-config').AccessConfig;
