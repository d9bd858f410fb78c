import { bodyOf, type MessageError } from '../../messages/message-error';
import type { ApiAnswer, JsonValue } from '../../messages/protocol';
import { openChannel, type TransferNews, type Upload } from '../../shared/transfer';

/** How long a page has for what it wants to hand over, in ms: it is there already, but may be busy. */
const HAND_OVER_MS = 10_000;
/** Between two signs of life, in ms: shorter than the browsers' 30 s, after which a background that is asked nothing is stopped. */
const SIGN_MS = 10_000;

/**
 * Takes over what a page wants to send, and gives it the answer later, through their channel.
 *
 * @param send Makes the request. It fails with nothing but a `MessageError` of the background's own.
 * @returns In which life of the background that was. `null` when nothing came: it never does from a page of another storage
 *   partition, such as one in a private window.
 */
export async function receiveTransfer(
  name: string,
  send: (upload: Upload) => Promise<ApiAnswer<Blob | JsonValue>>,
): Promise<number | null> {
  const channel = openChannel(name);
  const tell = (news: TransferNews) => channel.postMessage(news);
  const handedOver = new Promise<Upload | null>((resolve) => {
    channel.onmessage = ({ data }) => resolve(data);
    setTimeout(resolve, HAND_OVER_MS, null);
  });
  tell({ news: 'ready' });
  const upload = await handedOver;
  if (!upload) {
    channel.close();
    return null;
  }
  void work(send(upload), tell).finally(() => channel.close());
  return performance.timeOrigin;
}

async function work(sending: Promise<ApiAnswer<Blob | JsonValue>>, tell: (news: TransferNews) => void) {
  const signs = setInterval(() => tell({ news: 'working' }), SIGN_MS);
  try {
    tell({ news: 'answer', answer: await sending });
  } catch (error) {
    tell({ news: 'error', error: bodyOf(error as MessageError) });
  } finally {
    clearInterval(signs);
  }
}
