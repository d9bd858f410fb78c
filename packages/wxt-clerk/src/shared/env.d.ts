interface ImportMetaEnv {
  readonly WXT_CLERK_PUBLISHABLE_KEY?: string;
  readonly WXT_STRIP_ORIGIN?: string;
}

/** Version of `@clerk/chrome-extension`, put in by `wxt-clerk/module`. */
declare const __CLERK_SDK_VERSION__: string;

/** The access of this build, checked and put in by `wxt-clerk/module`. */
declare const __ACCESS__: import('./access-config').AccessConfig;

/** The languages of this build, and for each that may be left out, whether it is one: module/languages.ts. */
declare const __CLERK_LANGUAGES__: readonly string[];
declare const __CLERK_ASKS_TEXTS__: boolean;
declare const __CLERK_SPEAKS_DE__: boolean;
declare const __CLERK_SPEAKS_FR__: boolean;

/** Where a provider comes back to, and where a mail's link leads; empty without: module/sso.ts, module/options.ts. */
declare const __CLERK_SSO_CALLBACK__: string;
declare const __CLERK_EMAIL_LINK_PAGE__: string;

/** `contentScriptStorage` of the module's options. */
declare const __CONTENT_SCRIPT_STORAGE__: boolean | null;

/** Is the web app's session the extension's, too, and where is it found? module/sync.ts. */
declare const __CLERK_SYNCS__: boolean;
declare const __CLERK_WEB_APP__: import('./web-app-config').WebAppConfig;
