import { MessageError, type Sent, toMessageError, withSent } from '../messages/message-error';
import type { ApiAnswer, JsonValue, PageApiOptions } from '../messages/protocol';
import { createSendMessage } from '../messages/send-message';
import type { TransferMessages } from '../messages/transfer-messages';
import { DEADLINES_MS, withinDeadline } from '../shared/deadline';
import {
  LARGEST_TRANSFER,
  openChannel,
  TRANSFER_MS,
  type TransferNews,
  type Upload,
} from '../shared/transfer';
import { CONTENT_TYPE, isFile, isOtherText, lowerCased } from './api-body';

type Answer = ApiAnswer<Blob | JsonValue>;

const sendMessage = createSendMessage<TransferMessages>();

/**
 * How often the background is asked whether it is still there, in ms. Without these questions both browsers stop it in the middle of
 * a request of 75 s, with them neither does (measured in Chromium 156 and Firefox 153).
 */
const ASK_MS = 10_000;
/** What is left for an answer that is on its way when the background has gone, in ms. */
const GRACE_MS = 2000;
/** When an answer must have got lost, in ms: the background may notice its own deadline only after a token that took long. */
const LONGEST_MS = TRANSFER_MS + DEADLINES_MS.handler;

/**
 * A request with a file, either way. The file goes to the background and comes from it through a channel of their own; the token
 * stays there.
 *
 * @throws {MessageError} `request-too-large`, `bad-request` for what cannot be read, `transfer-unavailable`, and what `fetchApi` fails with.
 */
export async function transfer(url: string, options: PageApiOptions): Promise<Answer> {
  const { method = 'GET', body, headers, responseType, ...token } = options;
  if (method === 'GET' && body !== undefined) throw new MessageError('bad-request', { sent: 'no' });
  const { [CONTENT_TYPE]: contentType, ...otherHeaders } = lowerCased(headers);
  const content = await uploadOf(body, contentType).catch(failUnread);
  const upload: Upload = { ...content, responseType };
  if ((upload.body?.size ?? 0) > LARGEST_TRANSFER)
    throw new MessageError('request-too-large', { sent: 'no' });
  const name = crypto.randomUUID();
  const handOver = handOverThrough(name, upload);
  try {
    const request = { ...token, method, url, headers: otherHeaders };
    const life = await sendMessage('clerk-transfer', { name, request });
    if (life === null) throw new MessageError('transfer-unavailable', { sent: 'no' });
    const outcome = Promise.race([handOver.answer, failWithout(life, handOver.isOver)]);
    return await withinDeadline(outcome, LONGEST_MS, () => new MessageError('api-unavailable'));
  } catch (error) {
    const failure = toMessageError(error);
    throw failure.sent ? failure : withSent(failure, handOver.sent());
  } finally {
    handOver.end();
  }
}

/** What is handed over, as it is sent. */
async function uploadOf(body: PageApiOptions['body'], contentType: string | undefined): Promise<Upload> {
  if (body === undefined) return {};
  if (body instanceof Blob) return { body, contentType: contentType ?? (body.type || undefined) };
  if (!isFile(body) && !isOtherText(body, contentType))
    return { body: new Blob([JSON.stringify(body)]), contentType: contentType ?? 'application/json' };
  const asSent = new Response(body);
  // That of a form names where its parts begin.
  const own = asSent.headers.get(CONTENT_TYPE) ?? undefined;
  const type = body instanceof FormData ? own : (contentType ?? own);
  return { body: await asSent.blob(), contentType: type };
}

/** A file that is no longer there, or what is no JSON. */
function failUnread(cause: unknown): never {
  throw new MessageError('bad-request', { sent: 'no', cause });
}

/** Hands something over as soon as the background is ready for it, and waits for the answer. */
function handOverThrough(name: string, upload: Upload) {
  const channel = openChannel(name);
  let sent: Sent = 'no';
  let isOver = false;
  const answer = new Promise<Answer>((resolve, reject) => {
    channel.onmessage = ({ data }: MessageEvent<TransferNews>) => {
      if (data.news === 'ready') {
        sent = 'maybe';
        channel.postMessage(upload);
      }
      // The timers of a page that nobody sees may be too slow for that.
      if (data.news === 'working') void sendMessage('clerk-keep-awake').catch(() => {});
      if (data.news === 'answer') resolve(data.answer);
      if (data.news === 'error') reject(MessageError.fromBody(data.error));
    };
    channel.onmessageerror = () => reject(new MessageError('internal'));
  });
  // It may come before anybody waits for it.
  answer.catch(() => {});
  return {
    answer,
    sent: () => sent,
    isOver: () => isOver,
    end() {
      isOver = true;
      channel.close();
    },
  };
}

/** Fails as soon as the background has been stopped: another life of it knows nothing of the request. */
async function failWithout(life: number, isOver: () => boolean): Promise<never> {
  let now: number | null = life;
  while (now === life) {
    await wait(ASK_MS);
    if (isOver()) return new Promise(() => {});
    now = await sendMessage('clerk-keep-awake').catch(() => null);
  }
  await wait(GRACE_MS);
  throw new MessageError('background-stopped', { sent: 'maybe' });
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
