/** Where the web app's session is found, as the build worked it out: module/sync.ts. */
export interface WebAppConfig {
  instanceType: 'development' | 'production';
  /** Which cookies are looked at, as `cookies.getAll` takes it. */
  query: {
    /** `https://clerk.example.com`, `http://localhost`. Cookies have no port. */
    url: string;
    /** The browser's own windows: neither private ones nor containers. */
    storeId: string;
    partitionKey: Record<string, never>;
    /** Firefox only, where it asks for cookies of every first party. */
    firstPartyDomain?: null;
  };
  /** What the browser must allow, as match patterns. */
  hosts: string[];
  /** What Clerk puts behind the names of its cookies to tell apart the instances that share a host. */
  cookieSuffix: string;
  /** What a sign-out in the extension ends: the session of both, or its use here. */
  signOut: 'with-web-app' | 'only-here';
}

/** Where this build looks for it. Only with `__CLERK_SYNCS__`. */
export const thisWebApp: WebAppConfig = __CLERK_WEB_APP__;
