import type { EmulatorControl, SessionSummary, SettingsPatch } from 'clerk-emulator';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import { expect } from 'vitest';
import type { Instance } from '../../../../../tools/e2e/global-setup.ts';
import { addAccount, loadClerk } from '../../../../../tools/steps/page-clerk.ts';
import { type Login, waitForSignInForm } from '../../../../../tools/steps/sign-in.ts';
import type { ListedSession, TokenOptions, UserSnapshot } from '../../../src/messages/protocol.ts';
import { decodeJwt } from '../../../src/shared/jwt.ts';
import { ask, askForToken, signIn } from '../fixtures.ts';

export { test } from '../shared-browser.ts';

/** What lets several people be signed in at once, each in organizations. */
export const SEVERAL: SettingsPatch = { singleSessionMode: false, organizations: true };

/** The extension in a real browser, and the server behind it. */
export interface World {
  browser: ExtensionBrowser;
  control: EmulatorControl;
  instance: Instance;
}

/** A page without Clerk that asks, and one with a Clerk of its own, in which further people sign in. */
export interface Pages {
  page: Surface;
  panel: Surface;
}

/** Ada and Charles, signed in in one extension. Charles came last, and is the active one. */
export interface Two extends Pages {
  /** Ids of their sessions. */
  ada: string;
  charles: string;
}

/** Signs Ada in by the popup's form. */
export async function signInAda({ browser, control, instance }: World): Promise<Pages & { ada: string }> {
  await control.configure(SEVERAL);
  const page = await signIn(browser, instance);
  const panel = await browser.openPage('sidepanel.html');
  // Comes a moment after the other lines, and moves them.
  await panel.waitForText('Personal account');
  await loadClerk(panel);
  return { page, panel, ada: (await userOf(page))?.sessionId ?? '' };
}

export async function signInTwo(world: World): Promise<Two> {
  const { ada, ...pages } = await signInAda(world);
  const charles = await signInFurther(pages, world.instance.seededPeople[1]);
  return { ...pages, ada, charles };
}

/** Signs somebody in beside who is there, and waits until the background knows. @returns The id of the session. */
export async function signInFurther({ page, panel }: Pages, login: Login): Promise<string> {
  const sessionId = await addAccount(panel, login);
  await expect.poll(async () => (await userOf(page))?.sessionId, { timeout: 10_000 }).toBe(sessionId);
  return sessionId;
}

/** Waits until a page’s Clerk has this session, `null` for none: then its form is there. */
export async function untilAligned(panel: Surface, sessionId: string | null): Promise<void> {
  if (sessionId === null) await waitForSignInForm(panel);
  await panel.waitFor((wanted: string | null) => {
    const { Clerk } = globalThis as unknown as { Clerk?: { session: { id: string } | null } };
    return Clerk !== undefined && (Clerk.session?.id ?? null) === wanted;
  }, sessionId);
}

type Message = { type: string } & Record<string, unknown>;

/** Sends a message as the extension's own page does. @throws {Error} With the code, when it fails. */
export async function answerOf<Value>(page: Surface, message: Message): Promise<Value> {
  const reply = await ask(page, message);
  if (!reply.ok) throw new Error(`${message.type} failed: ${reply.error.code}`);
  return reply.value as Value;
}

/** The code that a message fails with; `null` when it does not. */
export async function codeOf(page: Surface, message: Message): Promise<string | null> {
  const reply = await ask(page, message);
  return reply.ok ? null : reply.error.code;
}

export function userOf(page: Surface): Promise<UserSnapshot | null> {
  return answerOf(page, { type: 'get-user' });
}

export function listedIn(page: Surface): Promise<ListedSession[]> {
  return answerOf(page, { type: 'list-sessions' });
}

/** What a token says that matters here. */
export interface Claims {
  sid?: string;
  sub?: string;
  o?: { id: string; rol: string; slg: string };
  [name: string]: unknown;
}

/** What is in a token; `null` where there is none. */
export async function claimsOf(page: Surface, options: TokenOptions = {}): Promise<Claims | null> {
  const answer = await askForToken(page, options);
  return answer && (decodeJwt(answer.token) as Claims);
}

/** A session as the server has it. */
export async function onServer(control: EmulatorControl, sessionId: string): Promise<SessionSummary> {
  const session = (await control.listSessions()).find((each) => each.sessionId === sessionId);
  if (!session) throw new Error(`The server knows no session ${sessionId}.`);
  return session;
}

export async function activeOnServer(control: EmulatorControl): Promise<string[]> {
  const sessions = await control.listSessions();
  return sessions.filter(({ status }) => status === 'active').map(({ sessionId }) => sessionId);
}

/** Paths of the requests for which the local Frontend API was asked since the last `clearRequests`. */
export async function requestedPaths(control: EmulatorControl, pathEnd: string): Promise<string[]> {
  const requests = await control.requests();
  return requests
    .filter(({ path, method }) => method !== 'OPTIONS' && path.endsWith(pathEnd))
    .map(({ path }) => path);
}

/** Notes from here on what the running background's requests carry, until it stops. */
export async function watchForms(browser: ExtensionBrowser): Promise<() => Promise<string[]>> {
  await browser.evaluateInBackground(() => {
    const scope = globalThis as unknown as { forms?: string[] };
    const isWatched = scope.forms !== undefined;
    scope.forms = [];
    if (isWatched) return;
    const { fetch } = globalThis;
    globalThis.fetch = (input, init) => {
      scope.forms?.push(`${new URL(String(input)).pathname} ${init?.body ?? ''}`);
      return fetch(input, init);
    };
  });
  return () => browser.evaluateInBackground(() => (globalThis as unknown as { forms: string[] }).forms);
}
