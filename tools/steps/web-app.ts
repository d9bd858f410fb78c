import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createCertificate,
  type Emulator,
  listenOnLoopback,
  PERMISSIVE_SETTINGS,
  startEmulator,
} from 'clerk-emulator';
import type { ExtensionBrowser, Surface, TrustedServer } from 'extension-driver';
import { build } from 'vite';
import { PROJECT_ROOT } from '../extension-build.ts';
import { enterPassword, type Login } from './sign-in.ts';

/** Folder of the web app, from the project's root. */
export const WEB_APP = 'examples/web';

/** A running web app of an instance. */
export interface RunningWebApp extends TrustedServer {
  close(): Promise<void>;
}

/**
 * Builds the web app for an instance and serves it: in development by http at `localhost`, where an extension looks for it,
 * and in production by https on the instance's domain, where it gets its cookies.
 *
 * @param outDir Where the build goes, from the project's root.
 */
export async function startWebApp(emulator: Emulator, outDir: string): Promise<RunningWebApp> {
  const folder = join(PROJECT_ROOT, outDir);
  await buildWebApp(emulator.webPublishableKey, folder);
  const { hostname } = new URL(emulator.url);
  const isProduction = emulator.webPublishableKey.startsWith('pk_live_');
  const ownHost = isProduction ? hostname.replace(/^clerk\./, 'my.') : 'localhost';
  const certificate = isProduction ? await createCertificate(ownHost) : null;
  const server = await listenOnLoopback(certificate, 0);
  server.onRequest(async ({ url = '/' }, outgoing) => {
    const isScript = url.startsWith('/assets/');
    outgoing.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    outgoing.end(await readFile(join(folder, isScript ? url : 'index.html')));
  });
  return {
    url: `${isProduction ? 'https' : 'http'}://${ownHost}:${server.port}`,
    certificate: certificate?.certificate ?? '',
    close: server.close,
  };
}

async function buildWebApp(publishableKey: string, outDir: string): Promise<void> {
  await build({
    root: join(PROJECT_ROOT, WEB_APP),
    logLevel: 'error',
    define: { 'import.meta.env.VITE_CLERK_PUBLISHABLE_KEY': JSON.stringify(publishableKey) },
    build: { outDir, emptyOutDir: true },
  });
}

/** Starts an instance whose web app has the cookies that Clerk gives it. */
export function startInstance(instance: 'production' | 'development'): Promise<Emulator> {
  const hostname = instance === 'production' ? 'clerk.app.localhost' : 'clerk.localhost';
  return startEmulator({ instance, hostname, settings: PERMISSIVE_SETTINGS });
}

/** The web app in a tab, as a person uses it. */
export interface WebAppTab {
  surface: Surface;
  /** Signs in by its form, until it shows who that is. */
  signIn(login: Login, name: string): Promise<void>;
  /** Signs out, until it shows its form again. */
  signOut(): Promise<void>;
}

export async function openWebApp(browser: ExtensionBrowser, { url }: TrustedServer): Promise<WebAppTab> {
  const surface = await browser.openWebPage(`${url}/`);
  return {
    surface,
    async signIn(login, name) {
      await enterPassword(surface, login);
      await surface.waitForText(`Signed in as ${name}.`);
    },
    async signOut() {
      await surface.click({ role: 'button', name: 'Sign out' });
      await surface.waitForText('Sign in to');
    },
  };
}
