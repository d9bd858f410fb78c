/** The browsers the driver can start. Chromium stands for every browser of its family. */
export type BrowserName = 'chromium' | 'firefox';

/** What a surface is for the person: the toolbar popup, the side panel (Firefox: sidebar), or a tab. */
export type SurfaceKind = 'popup' | 'panel' | 'tab';

/** A server on this machine that shows a certificate which no authority has signed. */
export interface TrustedServer {
  /** `https://app.localhost:8443`; what follows the port is ignored. */
  url: string;
  /** PEM. */
  certificate: string;
}

/** How to start a browser with one unpacked extension. */
export interface LaunchOptions {
  executablePath: string;
  /** The built folder, the one with `manifest.json`. */
  extensionPath: string;
  headless: boolean;
  /** Kept by `close()`. Without it the profile is a temporary folder that `close()` deletes. */
  userDataDir?: string;
  /**
   * The only servers whose own certificate the browser takes. Firefox takes it at this address alone, Chromium at every
   * address. Any other server needs a certificate that an authority has signed.
   */
  trustedServers?: TrustedServer[];
  extraArgs?: string[];
  /**
   * The language that the person has chosen for the browser, e.g. `de`; it need not be installed. Default `en-US`,
   * whatever the machine speaks. Firefox without that language goes back to its own at a `restart()`.
   */
  language?: string;
  /** In CSS pixels. */
  windowSize?: { width: number; height: number };
}

/** Where to find a browser that somebody else has started, and the extension in it. */
export interface AttachOptions {
  /** The folder of its profile. */
  profilePath: string;
  /** The folder that the extension was loaded from, the one with `manifest.json`. */
  extensionPath: string;
}

/** A CSS selector, or an ARIA role with an accessible name (a string must be the whole name). */
export type Target = string | { role: string; name: string | RegExp };

// biome-ignore lint/suspicious/noExplicitAny: the function runs in the page, its parameters are what the caller passes.
export type PageFunction<T> = (...args: any[]) => T;

/** One running browser with the extension in it. Every wait is bounded and every error names what was seen. */
export interface ExtensionBrowser {
  readonly name: BrowserName;
  /** `chrome-extension://id` or `moz-extension://uuid`, without a slash at the end. */
  readonly extensionOrigin: string;
  /** Clicks the toolbar button, which opens the real popup. A popup that is already open is closed first. */
  openPopup(): Promise<Surface>;
  /** Opens one of the extension's own pages in a new tab, e.g. `token-demo.html`. */
  openPage(path: string): Promise<Surface>;
  /** Opens a web page in a new tab. Throws when it cannot be loaded. */
  openWebPage(url: string): Promise<Surface>;
  /**
   * Waits for a surface that a click opened. `pathOrUrlPart` is any part of its URL. A popup or panel is found again
   * however often it is asked for; a tab only while nobody has been given it yet, so that an older tab with the same
   * URL is not taken for the new one. `timeoutMs` defaults to 15,000.
   */
  waitForSurface(kind: SurfaceKind, pathOrUrlPart: string, timeoutMs?: number): Promise<Surface>;
  /** Stops the background and waits until it is gone. Does nothing when it is not running. */
  stopBackground(): Promise<void>;
  isBackgroundRunning(): Promise<boolean>;
  /**
   * Runs `fn` in the running background, as `Surface.evaluate` does in a page. Chromium's background does not stop by
   * itself from then on. Throws when the background is not running.
   */
  evaluateInBackground<T>(fn: PageFunction<T | Promise<T>>, ...args: unknown[]): Promise<T>;
  /**
   * Loads the extension anew, as an update does: its pages close, its storage stays, and content scripts that are
   * already in web pages lose it. (Chromium does not come back from `runtime.reload()` of an extension that was loaded
   * by a debugger.)
   */
  reloadExtension(): Promise<void>;
  /** Installs another unpacked extension beside the first, until the browser ends, and gives its origin. */
  installBeside(extensionPath: string): Promise<string>;
  /** Cuts (or restores) the network of pages and background; also holds for those that start later. */
  setOffline(offline: boolean): Promise<void>;
  /**
   * Closes the browser and starts it on the same profile: extension, its id and its storage are kept, the surfaces are
   * not. Chromium loads an unpacked extension anew, so `onInstalled` fires and not `onStartup`; Firefox really starts
   * up, and a background that this woke is stopped once. When offline, it is so again from the end of the start.
   */
  restart(): Promise<void>;
  /**
   * Gives the device an authenticator for passkeys, such as a fingerprint sensor, whose owner always says yes: in every
   * page that is open and in those that open later, until it is removed or the browser ends or restarts. One at a time.
   */
  addVirtualAuthenticator(): Promise<VirtualAuthenticator>;
  /** Resolves when the browser ends, because the person closed it for example. */
  whenEnded(): Promise<void>;
  /** Ends the browser, also one that has crashed, and deletes a temporary profile. Safe to call twice. */
  close(): Promise<void>;
}

/** A browser that is another program's to start and to end. */
export type AttachedBrowser = Omit<ExtensionBrowser, 'restart' | 'close'> & {
  /** Lets go of the browser, which runs on. */
  detach(): Promise<void>;
};

/** An authenticator that is not there. */
export interface VirtualAuthenticator {
  /** What is kept on it. */
  passkeys(): Promise<Passkey[]>;
  /** Takes it away, with its passkeys. */
  remove(): Promise<void>;
}

export interface Passkey {
  /** Base64url. */
  credentialId: string;
  /** The relying party, e.g. `example.com`. */
  rpId: string;
}

/** One page of the browser, driven the way a person does it. Waits last at most 15 s. */
export interface Surface {
  readonly kind: SurfaceKind;
  /**
   * Runs `fn` in the page's own world. It is sent as source text, so it sees nothing of its surroundings; arguments and
   * result must be JSON. The page's CSP does not apply.
   */
  evaluate<T>(fn: PageFunction<T | Promise<T>>, ...args: unknown[]): Promise<T>;
  /** Calls `fn` in the page until it returns something truthy, and returns that. A throwing `fn` counts as "not yet". */
  waitFor<T>(fn: PageFunction<T>, ...args: unknown[]): Promise<T>;
  /** Waits for visible text. */
  waitForText(text: string | RegExp): Promise<void>;
  /** The visible text: `document.body.innerText`. */
  text(): Promise<string>;
  /**
   * The visible text of an element inside a shadow root, also a closed one, that the page's own scripts cannot read:
   * the first match of `selector` inside that of `host`. `null` when one of them is not there.
   */
  shadowText(host: string, selector: string): Promise<string | null>;
  /** Waits until that text has a part, and gives all of it. */
  waitForShadowText(host: string, selector: string, part: string): Promise<string>;
  /** Waits until the target is visible, enabled, at rest and not covered, then clicks it with real mouse input. */
  click(target: Target): Promise<void>;
  /** Clicks a field and replaces what is in it by real key presses. */
  type(target: Target, text: string): Promise<void>;
  /**
   * Presses one key by its DOM name: `Tab`, `Enter`, `Escape`, `a`. It goes to the page, so `Escape` closes no popup.
   */
  press(key: string): Promise<void>;
  /** Writes a PNG of what the surface shows. */
  screenshot(path: string): Promise<void>;
  setColorScheme(scheme: 'light' | 'dark'): Promise<void>;
  /** Runs a library's source (axe-core) as a script of the page, whatever the page's CSP says. */
  addScript(source: string): Promise<void>;
  /**
   * Loads the page anew and runs `fn` in it before any of its own scripts, also at every later load. Chromium only.
   *
   * @throws {Error} In Firefox.
   */
  reloadAfter(fn: PageFunction<void>): Promise<void>;
  /** Addresses of the documents in the page's frames, at any depth; one that was blocked shows the browser's error page. */
  frameUrls(): Promise<string[]>;
  isOpen(): Promise<boolean>;
  close(): Promise<void>;
  /**
   * `console.error` texts, uncaught errors and what the page's CSP blocked so far, those of content scripts included.
   * Best effort: failed requests that the browser itself logs are not seen, and Firefox tells of new ones only with its
   * answer to the next call (`text()` will do).
   */
  consoleErrors(): string[];
}
