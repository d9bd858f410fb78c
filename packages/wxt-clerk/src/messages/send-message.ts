import { browser } from 'wxt/browser';
import { DEADLINES_MS, withinDeadline } from '../shared/deadline';
import { ssoCallbackUrl } from '../shared/sso-callback';
import type { CoreMessages } from './core-messages';
import type { ContentScripts, From, Messages, OptionsFrom, TypesFrom, ValueFor } from './message';
import { type ErrorCode, MessageError, type Sent } from './message-error';
import type { Reply } from './protocol';
import type { SsoMessages } from './sso-messages';

type Transport = (request: unknown) => Promise<unknown>;
type Answer = Reply & { ok: true };
type WireRequest = { type: string };
/** May a request be sent twice? */
type Repeatability = (request: WireRequest) => boolean | undefined;

type Arguments<Type, Options> = keyof Options extends never
  ? [type: Type]
  : Record<never, never> extends Options
    ? [type: Type, options?: Options]
    : [type: Type, options: Options];

/** Asks the background and gives its value back, typed by the message's row. */
export type SendMessage<Rows, Kind extends From> = <Type extends TypesFrom<Kind, Rows>>(
  ...request: Arguments<Type, OptionsFrom<Kind, Rows[Type]>>
) => Promise<ValueFor<Kind, Rows[Type]>>;

export interface SendOptions<Own> {
  /**
   * Messages of the product that may be sent twice, because handling them again changes nothing. When the browser stops
   * the background while it is answering, they are asked once more; the others fail with `background-stopped`.
   */
  mayRepeat?: readonly (keyof Own & string)[];
}

// A request to the developer's API is repeatable by its method.
const REPEATABLE: readonly string[] = ['get-token', 'get-user', 'subscribe'] satisfies (keyof CoreMessages)[];

// Content scripts, which have to be small, have none of these. Nothing of single sign-on is in a build without it.
const REPEATABLE_BY_PAGES: readonly string[] = [
  'sign-out',
  'session-changed',
  'get-session',
  'list-sessions',
  'set-active',
  'touch-session',
  'check-authorization',
  'list-organizations',
  ...(ssoCallbackUrl ? (['check-provider', 'forget-provider'] as const) : []),
] satisfies (keyof CoreMessages | keyof SsoMessages)[];

/**
 * The `sendMessage` of the extension's own pages, for the core's messages and those of the product:
 * `createSendMessage<typeof messages>()`. Only the type of the rows comes here, none of their code. Content scripts
 * have their own in `wxt-clerk/content`.
 *
 * What it makes throws a `MessageError` with the code of the background's reply; `background-stopped` when none came;
 * and `context-invalidated` when the extension was updated under this page, which only a reload mends.
 */
/* @__NO_SIDE_EFFECTS__ */
export function createSendMessage<Own extends Messages = Record<never, never>>(
  options?: SendOptions<Own>,
): SendMessage<CoreMessages & SsoMessages & Own, 'own-pages'> {
  const names: readonly string[] = [...REPEATABLE_BY_PAGES, ...(options?.mayRepeat ?? [])];
  const mayRepeat = (request: WireRequest) => names.includes(request.type) || isOfNamedSession(request);
  return createSender(mayRepeat) as SendMessage<CoreMessages & SsoMessages & Own, 'own-pages'>;
}

// Without a name the second one would end the session that is active by then.
const isOfNamedSession = (request: WireRequest) =>
  ['end-session', 'remove-session'].includes(request.type) && 'sessionId' in request;

/** `createSendMessage` for content scripts, which may ask less and are told less; `forbidden` where the site is not granted it. */
/* @__NO_SIDE_EFFECTS__ */
export function createSiteSendMessage<Own extends Messages = Record<never, never>>(
  options?: SendOptions<Own>,
): SendMessage<CoreMessages & Own, ContentScripts> {
  return createSender(({ type }) => options?.mayRepeat?.includes(type)) as SendMessage<
    CoreMessages & Own,
    ContentScripts
  >;
}

/* @__NO_SIDE_EFFECTS__ */
function createSender(mayRepeat: Repeatability) {
  return async (type: string, options?: object): Promise<unknown> =>
    (await askBackground({ ...options, type }, mayRepeat)).value;
}

/** The core's own messages, from the extension's own pages. */
export const sendMessage = createSendMessage();

/**
 * The background's whole answer, with the revision of the auth state that it stands on. A background that the browser
 * stopped while it was answering is asked once more, if the message may be sent twice.
 *
 * @throws {MessageError} As `createSendMessage` says.
 */
export async function askBackground(request: WireRequest, mayRepeat?: Repeatability): Promise<Answer> {
  // Asynchronous, because Chrome throws at once when the extension was updated (seen in Chromium 156).
  const transport: Transport = async (message) => browser.runtime.sendMessage(message);
  try {
    return await askOver(transport, request);
  } catch (error) {
    const isStopped = error instanceof MessageError && error.code === 'background-stopped';
    if (!isStopped || !(isRepeatable(request) || mayRepeat?.(request))) throw error;
    return askOver(transport, request).catch((second) => {
      // Refused the second time, it may have been sent the first time.
      if (second.sent === 'no') second.sent = error.sent;
      throw second;
    });
  }
}

/** One `askBackground`, without the second try, over a given transport, so that its rules can be tested without a browser. */
export async function askOver(transport: Transport, request: WireRequest): Promise<Answer> {
  const failed = (code: ErrorCode, cause?: unknown) =>
    new MessageError(code, { cause, sent: request.type === 'fetch-api' ? sentOf(cause) : undefined });
  const stopped = () => failed('background-stopped');
  const reply = await withinDeadline(transport(request), DEADLINES_MS.reply, stopped).catch((cause) => {
    // Else "Receiving end does not exist" or "message channel closed": the browser stopped the background.
    throw failed(isUpdated(cause) ? 'context-invalidated' : 'background-stopped', cause);
  });
  if (!isReply(reply)) throw stopped();
  if (!reply.ok) throw MessageError.fromBody(reply.error);
  return reply;
}

/**
 * Has something failed because the extension was updated under this page? Chrome takes `runtime.id` away from it, and in time all of
 * `runtime`: https://github.com/wxt-dev/wxt/pull/2042
 */
export function isUpdated(cause: unknown): boolean {
  return isRefusedHere(cause) || !browser.runtime?.id;
}

const isRefusedHere = (cause: unknown) => String(cause).includes('context invalidated');

/** How far a request came that got no reply: nobody knows, unless the browser did not even take the message. */
const sentOf = (cause: unknown): Sent => (isRefusedHere(cause) ? 'no' : 'maybe');

function isRepeatable(request: WireRequest): boolean {
  if (request.type !== 'fetch-api') return REPEATABLE.includes(request.type);
  return (request as { method?: unknown }).method === 'GET';
}

function isReply(value: unknown): value is Reply {
  return (
    typeof value === 'object' && value !== null && 'ok' in value && ('value' in value || 'error' in value)
  );
}
